// SPDX-License-Identifier: Apache-2.0
#include "ProfileDialog.h"

#include "Chip.h"
#include "DiagnosisText.h"
#include "ErrorText.h"
#include "Look.h"
#include "TrustOffer.h"
#include "connection/Diagnosis.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace kith::views {

using connection::Profile;
using connection::ProfileProblem;
using connection::ProxyUse;
using connection::SignInMethod;
using connection::Trust;

namespace {

struct NamedColour {
    const char *name;
    const char *value;
};
constexpr NamedColour Colours[] = {{QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "none"), ""},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "red"), "#c01c28"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "orange"), "#c64600"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "yellow"), "#e5a50a"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "green"), "#26a269"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "blue"), "#1c71d8"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileDialog", "violet"), "#813d9c"}};

template <class Value>
void choose(QComboBox &box, const Value &value)
{
    box.setCurrentIndex(std::max(0, box.findData(QVariant::fromValue(value))));
}

} // namespace

class ProfileDialog::Private
{
public:
    Private(ProfileDialog &dialog, connection::Profiles &all, const Profile &edited)
        : q(dialog), profiles(all), profile(edited)
    {}

    void build();
    QWidget *buildGeneral();
    QWidget *buildServer();
    QWidget *buildSignIn();
    QLineEdit *addText(QFormLayout &form, const QString &label, const char *name, const QString &text);
    QLineEdit *addFile(QFormLayout &form, const QString &label, const char *name, const QString &file);
    QComboBox *addChoice(QFormLayout &form, const QString &label, const char *name);
    QCheckBox *addCheck(QFormLayout &form, const QString &text, const char *name, bool checked);
    void showFields();
    void edited();
    Profile typed() const;
    void test();
    void tested(const connection::Diagnosis &diagnosis);
    void trust(const QString &fingerprint);
    void save();
    QWidget *fieldOf(ProfileProblem problem) const;

    ProfileDialog &q;
    connection::Profiles &profiles;
    Profile profile;
    QTabWidget *tabs = nullptr;
    QLineEdit *name = nullptr;
    QLineEdit *folder = nullptr;
    QComboBox *colour = nullptr;
    QCheckBox *production = nullptr;
    QCheckBox *readOnly = nullptr;
    QLineEdit *address = nullptr;
    QLineEdit *nameSpace = nullptr;
    QComboBox *trusted = nullptr;
    QLineEdit *caFile = nullptr;
    QLabel *pinned = nullptr;
    QLineEdit *clientCertificate = nullptr;
    QLineEdit *clientKey = nullptr;
    QCheckBox *proxy = nullptr;
    QSpinBox *timeout = nullptr;
    QComboBox *method = nullptr;
    QLineEdit *mount = nullptr;
    QLineEdit *user = nullptr;
    QCheckBox *keep = nullptr;
    FieldNote *note = nullptr;
    TrustOffer *trustOffer = nullptr;
    QPushButton *testButton = nullptr;
};

QLineEdit *ProfileDialog::Private::addText(QFormLayout &form, const QString &label, const char *name,
                                           const QString &text)
{
    auto *field = new QLineEdit(text, &q);
    field->setObjectName(QString::fromLatin1(name));
    form.addRow(label, field);
    QObject::connect(field, &QLineEdit::textEdited, &q, [this] { edited(); });
    return field;
}

QLineEdit *ProfileDialog::Private::addFile(QFormLayout &form, const QString &label, const char *name,
                                           const QString &file)
{
    auto *box = new QWidget(&q);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto *field = new QLineEdit(file, box);
    field->setObjectName(QString::fromLatin1(name));
    auto *button = new QToolButton(box);
    button->setText(QStringLiteral("…"));
    button->setAccessibleName(ProfileDialog::tr("Choose the file"));
    button->setToolTip(button->accessibleName());
    row->addWidget(field);
    row->addWidget(button);
    box->setFocusProxy(field);
    form.addRow(label, box);
    QObject::connect(field, &QLineEdit::textEdited, &q, [this] { edited(); });
    QObject::connect(button, &QToolButton::clicked, &q, [this, field] {
        auto *dialog = new QFileDialog(&q, ProfileDialog::tr("Choose the file"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters(
            {ProfileDialog::tr("Certificates and keys (*.pem *.crt *.cer *.key)"), ProfileDialog::tr("All files (*)")});
        QObject::connect(dialog, &QFileDialog::fileSelected, field, [this, field](const QString &chosen) {
            field->setText(chosen);
            edited();
        });
        dialog->open();
    });
    return field;
}

QComboBox *ProfileDialog::Private::addChoice(QFormLayout &form, const QString &label, const char *name)
{
    auto *box = new QComboBox(&q);
    box->setObjectName(QString::fromLatin1(name));
    form.addRow(label, box);
    QObject::connect(box, &QComboBox::activated, &q, [this] { edited(); });
    return box;
}

QCheckBox *ProfileDialog::Private::addCheck(QFormLayout &form, const QString &text, const char *name, bool checked)
{
    auto *box = new QCheckBox(text, &q);
    box->setObjectName(QString::fromLatin1(name));
    box->setChecked(checked);
    form.addRow(QString(), box);
    return box;
}

QWidget *ProfileDialog::Private::buildGeneral()
{
    auto *page = new QWidget(&q);
    auto *form = new QFormLayout(page);
    name = addText(*form, ProfileDialog::tr("&Name:"), "profileName", profile.name);
    folder = addText(*form, ProfileDialog::tr("&Folder:"), "profileFolder", profile.folder);
    folder->setPlaceholderText(ProfileDialog::tr("none, or for example Company/Europe"));
    colour = addChoice(*form, ProfileDialog::tr("&Colour:"), "profileColour");
    for (const NamedColour &each : Colours) {
        QPixmap patch(16, 16);
        patch.fill(*each.value ? QColor(QLatin1String(each.value)) : QColor(Qt::transparent));
        colour->addItem(QIcon(patch), ProfileDialog::tr(each.name), QString::fromLatin1(each.value));
    }
    if (!profile.colour.isEmpty() && colour->findData(profile.colour) < 0) {
        QPixmap patch(16, 16);
        patch.fill(QColor(profile.colour));
        colour->addItem(QIcon(patch), profile.colour, profile.colour);
    }
    choose(*colour, profile.colour);
    production = addCheck(*form, ProfileDialog::tr("This is &production: mark every page, confirm each change"),
                          "profileProduction", profile.production);
    readOnly = addCheck(*form, ProfileDialog::tr("&Read only: change nothing over this connection"), "profileReadOnly",
                        profile.readOnly);
    return page;
}

QWidget *ProfileDialog::Private::buildServer()
{
    auto *page = new QWidget(&q);
    auto *form = new QFormLayout(page);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    address = addText(*form, ProfileDialog::tr("&Address:"), "profileAddress", profile.address);
    address->setPlaceholderText(QStringLiteral("https://vault.example.com:8200"));
    nameSpace = addText(*form, ProfileDialog::tr("Name&space:"), "profileNamespace", profile.nameSpace);
    nameSpace->setPlaceholderText(ProfileDialog::tr("none"));
    trusted = addChoice(*form, ProfileDialog::tr("T&rust:"), "profileTrust");
    trusted->addItem(ProfileDialog::tr("whom this system trusts"), static_cast<int>(Trust::System));
    trusted->addItem(ProfileDialog::tr("an authority of your own"), static_cast<int>(Trust::CaFile));
    trusted->addItem(ProfileDialog::tr("this one certificate"), static_cast<int>(Trust::Pinned));
    choose(*trusted, static_cast<int>(profile.trust));
    caFile = addFile(*form, ProfileDialog::tr("Au&thority:"), "profileCaFile", profile.caFile);
    pinned = new QLabel(&q);
    pinned->setObjectName(QStringLiteral("profilePinned"));
    pinned->setFont(fixedFont(pinned->font()));
    pinned->setWordWrap(true);
    pinned->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(ProfileDialog::tr("SHA-256:"), pinned);
    clientCertificate =
        addFile(*form, ProfileDialog::tr("Your &certificate:"), "profileClientCertificate", profile.clientCertificate);
    clientCertificate->setPlaceholderText(ProfileDialog::tr("none"));
    clientKey = addFile(*form, ProfileDialog::tr("Its &key:"), "profileClientKey", profile.clientKey);
    clientKey->setPlaceholderText(ProfileDialog::tr("in the same file"));
    timeout = new QSpinBox(&q);
    timeout->setObjectName(QStringLiteral("profileTimeout"));
    timeout->setRange(1, 3600);
    timeout->setSuffix(ProfileDialog::tr(" s", "seconds"));
    timeout->setValue(profile.timeoutSeconds);
    form->addRow(ProfileDialog::tr("&Patience:"), timeout);
    proxy = addCheck(*form, ProfileDialog::tr("Use the system’s pro&xy"), "profileProxy",
                     profile.proxy == ProxyUse::System);
    return page;
}

QWidget *ProfileDialog::Private::buildSignIn()
{
    auto *page = new QWidget(&q);
    auto *form = new QFormLayout(page);
    method = addChoice(*form, ProfileDialog::tr("&With:"), "profileMethod");
    method->addItem(ProfileDialog::tr("a token"), static_cast<int>(SignInMethod::Token));
    method->addItem(ProfileDialog::tr("user and password (userpass)"), static_cast<int>(SignInMethod::Userpass));
    method->addItem(ProfileDialog::tr("role and secret id (approle)"), static_cast<int>(SignInMethod::AppRole));
    method->addItem(ProfileDialog::tr("user and password of another mount (ldap, radius, okta)"),
                    static_cast<int>(SignInMethod::UserAndPassword));
    choose(*method, static_cast<int>(profile.method));
    mount = addText(*form, ProfileDialog::tr("&Mount:"), "profileMount", profile.mount);
    user = addText(*form, ProfileDialog::tr("&User or role id:"), "profileUser", profile.user);
    user->setPlaceholderText(ProfileDialog::tr("asked for each time"));
    keep = addCheck(*form, ProfileDialog::tr("&Keep the token in the desktop’s keychain"), "profileKeep",
                    profile.keepToken);
    return page;
}

void ProfileDialog::Private::build()
{
    q.setObjectName(QStringLiteral("profileDialog"));
    q.setWindowTitle(profile.id.isEmpty() ? ProfileDialog::tr("New connection")
                                          : ProfileDialog::tr("Connection %1").arg(profile.name));
    q.setAttribute(Qt::WA_DeleteOnClose);
    q.setMinimumWidth(q.fontMetrics().averageCharWidth() * 84);
    tabs = new QTabWidget(&q);
    tabs->addTab(buildGeneral(), ProfileDialog::tr("General"));
    tabs->addTab(buildServer(), ProfileDialog::tr("Server"));
    tabs->addTab(buildSignIn(), ProfileDialog::tr("Signing in"));
    note = new FieldNote(&q);
    note->setObjectName(QStringLiteral("profileNote"));
    trustOffer = new TrustOffer(ProfileDialog::tr("Trust this certificate"), &q);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, &q);
    buttons->button(QDialogButtonBox::Save)->setObjectName(QStringLiteral("saveProfileButton"));
    testButton = buttons->addButton(ProfileDialog::tr("&Test"), QDialogButtonBox::ActionRole);
    testButton->setObjectName(QStringLiteral("testProfileButton"));
    QObject::connect(trustOffer, &TrustOffer::trusted, &q, [this](const QString &fingerprint) { trust(fingerprint); });
    QObject::connect(testButton, &QPushButton::clicked, &q, [this] { test(); });
    QObject::connect(buttons, &QDialogButtonBox::accepted, &q, [this] { save(); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, &q, &QDialog::reject);
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(12);
    rows->addWidget(tabs);
    rows->addWidget(note);
    rows->addWidget(trustOffer);
    rows->addWidget(buttons);
    edited();
    name->setFocus();
}

void ProfileDialog::Private::edited()
{
    note->say({});
    trustOffer->withdraw();
    showFields();
}

/// Only what counts for what is chosen can be filled in.
void ProfileDialog::Private::showFields()
{
    const auto trust = static_cast<Trust>(trusted->currentData().toInt());
    caFile->parentWidget()->setEnabled(trust == Trust::CaFile);
    pinned->setText(trust != Trust::Pinned          ? QString()
                    : profile.fingerprint.isEmpty() ? ProfileDialog::tr("none yet: test the connection")
                                                    : profile.fingerprint);
    const auto how = static_cast<SignInMethod>(method->currentData().toInt());
    mount->setEnabled(how != SignInMethod::Token);
    user->setEnabled(how != SignInMethod::Token);
    mount->setPlaceholderText(how == SignInMethod::Userpass          ? QStringLiteral("userpass")
                              : how == SignInMethod::AppRole         ? QStringLiteral("approle")
                              : how == SignInMethod::UserAndPassword ? QStringLiteral("ldap")
                                                                     : QString());
}

Profile ProfileDialog::Private::typed() const
{
    Profile typed = profile;
    typed.name = name->text();
    typed.folder = folder->text();
    typed.colour = colour->currentData().toString();
    typed.production = production->isChecked();
    typed.readOnly = readOnly->isChecked();
    typed.address = address->text().trimmed();
    typed.nameSpace = nameSpace->text();
    typed.trust = static_cast<Trust>(trusted->currentData().toInt());
    typed.caFile = caFile->text();
    typed.clientCertificate = clientCertificate->text();
    typed.clientKey = clientKey->text();
    typed.proxy = proxy->isChecked() ? ProxyUse::System : ProxyUse::None;
    typed.timeoutSeconds = timeout->value();
    typed.method = static_cast<SignInMethod>(method->currentData().toInt());
    typed.mount = mount->text();
    typed.user = user->text().trimmed();
    typed.keepToken = keep->isChecked();
    return typed;
}

void ProfileDialog::Private::test()
{
    testButton->setEnabled(false);
    note->say(ProfileDialog::tr("Asking the server …"), Tone::Quiet);
    auto *watcher = new QFutureWatcher<connection::Diagnosis>(&q);
    QObject::connect(watcher, &QFutureWatcherBase::finished, &q, [this, watcher] {
        watcher->deleteLater();
        testButton->setEnabled(true);
        if (!watcher->isCanceled())
            tested(watcher->result());
    });
    watcher->setFuture(connection::diagnose(typed()));
}

void ProfileDialog::Private::tested(const connection::Diagnosis &diagnosis)
{
    const bool fine = diagnosis.cause == connection::Cause::Fine;
    note->say(diagnosisText(diagnosis), fine ? Tone::Good : Tone::Bad);
    trustOffer->offer(diagnosis, TrustOffer::Replacing::Allowed);
    q.adjustSize();
}

void ProfileDialog::Private::trust(const QString &fingerprint)
{
    profile.fingerprint = fingerprint;
    choose(*trusted, static_cast<int>(Trust::Pinned));
    edited();
    test();
}

QWidget *ProfileDialog::Private::fieldOf(ProfileProblem problem) const
{
    switch (problem) {
    case ProfileProblem::NoName:
    case ProfileProblem::NameTaken:
        return name;
    case ProfileProblem::BadColour:
        return colour;
    case ProfileProblem::NoAddress:
    case ProfileProblem::BadAddress:
    case ProfileProblem::SecretInAddress:
        return address;
    case ProfileProblem::NoCaFile:
        return caFile;
    case ProfileProblem::BadFingerprint:
        return trusted;
    case ProfileProblem::NoClientCertificate:
        return clientCertificate;
    case ProfileProblem::BadTimeout:
        return timeout;
    case ProfileProblem::NoMount:
        return mount;
    case ProfileProblem::None:
        break;
    }
    return nullptr;
}

void ProfileDialog::Private::save()
{
    const Profile wanted = typed();
    const ProfileProblem problem = profiles.problem(wanted);
    if (QWidget *field = fieldOf(problem)) {
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->widget(i)->isAncestorOf(field))
                tabs->setCurrentIndex(i);
        note->say(problemText(problem));
        field->setFocus();
        return;
    }
    const auto put = profiles.put(wanted);
    if (!put) {
        note->say(ProfileDialog::tr("It can’t be kept: %1").arg(errorText(put.error())));
        return;
    }
    Q_EMIT q.saved(wanted.name.trimmed());
    q.accept();
}

ProfileDialog::ProfileDialog(connection::Profiles &profiles, const Profile &profile, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, profiles, profile))
{
    m_d->build();
}

ProfileDialog::~ProfileDialog() = default;

} // namespace kith::views
