// SPDX-License-Identifier: Apache-2.0
#include "ProfileForm.h"

#include "ColourPatch.h"
#include "DiagnosisText.h"
#include "Direction.h"
#include "Look.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

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
constexpr NamedColour Colours[] = {{QT_TRANSLATE_NOOP("kith::views::ProfileForm", "none"), ""},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileForm", "red"), "#c01c28"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileForm", "orange"), "#c64600"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileForm", "yellow"), "#e5a50a"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileForm", "green"), "#26a269"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileForm", "blue"), "#1c71d8"},
                                   {QT_TRANSLATE_NOOP("kith::views::ProfileForm", "violet"), "#813d9c"}};

template <class Value>
void choose(QComboBox &box, const Value &value)
{
    box.setCurrentIndex(std::max(0, box.findData(QVariant::fromValue(value))));
}

} // namespace

ProfileForm::ProfileForm(const Profile &profile, QWidget *parent) : QTabWidget(parent), m_profile(profile)
{
    addTab(buildGeneral(), tr("General"));
    addTab(buildServer(), tr("Server"));
    addTab(buildSignIn(), tr("Signing in"));
    showFields();
    m_name->setFocus();
}

void ProfileForm::touched()
{
    showFields();
    Q_EMIT edited();
}

void ProfileForm::pin(const QString &fingerprint)
{
    m_profile.fingerprint = fingerprint;
    choose(*m_trusted, static_cast<int>(Trust::Pinned));
    touched();
}

bool ProfileForm::showProblem(ProfileProblem problem)
{
    QWidget *field = fieldOf(problem);
    if (!field)
        return false;
    for (int i = 0; i < count(); ++i)
        if (widget(i)->isAncestorOf(field))
            setCurrentIndex(i);
    field->setFocus();
    return true;
}

QLineEdit *ProfileForm::addText(QFormLayout &form, const QString &label, const char *name, const QString &text)
{
    auto *field = new QLineEdit(text, this);
    field->setObjectName(QString::fromLatin1(name));
    form.addRow(label, field);
    connect(field, &QLineEdit::textEdited, this, &ProfileForm::touched);
    return field;
}

QLineEdit *ProfileForm::addFile(QFormLayout &form, const QString &label, const char *name, const QString &file)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    auto *field = new QLineEdit(file, box);
    field->setObjectName(QString::fromLatin1(name));
    auto *button = new QToolButton(box);
    button->setText(QStringLiteral("…"));
    field->setAccessibleName(QString(label).remove(u'&').remove(u':'));
    button->setAccessibleName(tr("%1: choose the file").arg(field->accessibleName()));
    button->setToolTip(tr("Choose the file"));
    row->addWidget(field);
    row->addWidget(button);
    box->setFocusProxy(field);
    form.addRow(label, box);
    connect(field, &QLineEdit::textEdited, this, &ProfileForm::touched);
    connect(button, &QToolButton::clicked, this, [this, field] {
        auto *dialog = new QFileDialog(this, tr("Choose the file"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->setNameFilters({tr("Certificates and keys (*.pem *.crt *.cer *.key)"), tr("All files (*)")});
        connect(dialog, &QFileDialog::fileSelected, field, [this, field](const QString &chosen) {
            field->setText(chosen);
            touched();
        });
        dialog->open();
    });
    return field;
}

QComboBox *ProfileForm::addChoice(QFormLayout &form, const QString &label, const char *name)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QString::fromLatin1(name));
    form.addRow(label, box);
    connect(box, &QComboBox::activated, this, &ProfileForm::touched);
    return box;
}

QCheckBox *ProfileForm::addCheck(QFormLayout &form, const QString &text, const char *name, bool checked)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(QString::fromLatin1(name));
    box->setChecked(checked);
    form.addRow(QString(), box);
    connect(box, &QCheckBox::clicked, this, &ProfileForm::touched);
    return box;
}

QWidget *ProfileForm::buildGeneral()
{
    auto *page = new QWidget(this);
    auto *form = new QFormLayout(page);
    m_name = addText(*form, tr("&Name:"), "profileName", m_profile.name);
    m_folder = addText(*form, tr("&Folder:"), "profileFolder", m_profile.folder);
    m_folder->setPlaceholderText(tr("none, or for example Company/Europe"));
    m_colour = addChoice(*form, tr("&Colour:"), "profileColour");
    for (const NamedColour &each : Colours)
        m_colour->addItem(colourPatch(QColor(QLatin1String(each.value))), tr(each.name),
                          QString::fromLatin1(each.value));
    if (!m_profile.colour.isEmpty() && m_colour->findData(m_profile.colour) < 0)
        m_colour->addItem(colourPatch(QColor(m_profile.colour)), m_profile.colour, m_profile.colour);
    choose(*m_colour, m_profile.colour);
    m_production = addCheck(*form, tr("This is &production: mark every page, confirm each change"), "profileProduction",
                            m_profile.production);
    m_readOnly =
        addCheck(*form, tr("&Read only: change nothing over this connection"), "profileReadOnly", m_profile.readOnly);
    return page;
}

QWidget *ProfileForm::buildServer()
{
    auto *page = new QWidget(this);
    auto *form = new QFormLayout(page);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_address = addText(*form, tr("&Address:"), "profileAddress", m_profile.address);
    m_address->setPlaceholderText(QStringLiteral("https://vault.example.com:8200"));
    m_nameSpace = addText(*form, tr("Name&space:"), "profileNamespace", m_profile.nameSpace);
    m_nameSpace->setPlaceholderText(tr("none"));
    m_trusted = addChoice(*form, tr("T&rust:"), "profileTrust");
    m_trusted->addItem(tr("whom this system trusts"), static_cast<int>(Trust::System));
    m_trusted->addItem(tr("an authority of your own"), static_cast<int>(Trust::CaFile));
    m_trusted->addItem(tr("this one certificate"), static_cast<int>(Trust::Pinned));
    choose(*m_trusted, static_cast<int>(m_profile.trust));
    m_caFile = addFile(*form, tr("Au&thority:"), "profileCaFile", m_profile.caFile);
    m_pinned = new QLabel(this);
    m_pinned->setObjectName(QStringLiteral("profilePinned"));
    m_pinned->setFont(fixedFont(m_pinned->font()));
    m_pinned->setWordWrap(true);
    alignLikeWindow(*m_pinned);
    m_pinned->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(tr("SHA-256:"), m_pinned);
    m_clientCertificate =
        addFile(*form, tr("Your &certificate:"), "profileClientCertificate", m_profile.clientCertificate);
    m_clientCertificate->setPlaceholderText(tr("none"));
    m_clientKey = addFile(*form, tr("Its &key:"), "profileClientKey", m_profile.clientKey);
    m_clientKey->setPlaceholderText(tr("in the same file"));
    m_timeout = new QSpinBox(this);
    m_timeout->setObjectName(QStringLiteral("profileTimeout"));
    m_timeout->setRange(1, 3600);
    m_timeout->setSuffix(tr(" s", "seconds"));
    m_timeout->setValue(m_profile.timeoutSeconds);
    connect(m_timeout, &QSpinBox::valueChanged, this, &ProfileForm::edited);
    form->addRow(tr("&Patience:"), m_timeout);
    m_proxy = addCheck(*form, tr("Use the system’s pro&xy"), "profileProxy", m_profile.proxy == ProxyUse::System);
    return page;
}

QWidget *ProfileForm::buildSignIn()
{
    auto *page = new QWidget(this);
    auto *form = new QFormLayout(page);
    m_method = addChoice(*form, tr("&With:"), "profileMethod");
    m_method->addItem(tr("a token"), static_cast<int>(SignInMethod::Token));
    m_method->addItem(tr("user and password (userpass)"), static_cast<int>(SignInMethod::Userpass));
    m_method->addItem(tr("role and secret id (approle)"), static_cast<int>(SignInMethod::AppRole));
    m_method->addItem(tr("user and password of another mount (ldap, radius, okta)"),
                      static_cast<int>(SignInMethod::UserAndPassword));
    choose(*m_method, static_cast<int>(m_profile.method));
    m_mount = addText(*form, tr("&Mount:"), "profileMount", m_profile.mount);
    m_user = addText(*form, tr("&User or role id:"), "profileUser", m_profile.user);
    m_user->setPlaceholderText(tr("asked for each time"));
    m_keep = addCheck(*form, tr("&Keep the token in the desktop’s keychain"), "profileKeep", m_profile.keepToken);
    return page;
}

/// Only what counts for what is chosen can be filled in.
void ProfileForm::showFields()
{
    const auto trust = static_cast<Trust>(m_trusted->currentData().toInt());
    m_caFile->parentWidget()->setEnabled(trust == Trust::CaFile);
    m_pinned->setText(trust != Trust::Pinned            ? QString()
                      : m_profile.fingerprint.isEmpty() ? tr("none yet: test the connection")
                                                        : fingerprintText(m_profile.fingerprint));
    const auto how = static_cast<SignInMethod>(m_method->currentData().toInt());
    m_mount->setEnabled(how != SignInMethod::Token);
    m_user->setEnabled(how != SignInMethod::Token);
    m_mount->setPlaceholderText(how == SignInMethod::Userpass          ? QStringLiteral("userpass")
                                : how == SignInMethod::AppRole         ? QStringLiteral("approle")
                                : how == SignInMethod::UserAndPassword ? QStringLiteral("ldap")
                                                                       : QString());
}

Profile ProfileForm::typed() const
{
    Profile typed = m_profile;
    typed.name = m_name->text();
    typed.folder = m_folder->text();
    typed.colour = m_colour->currentData().toString();
    typed.production = m_production->isChecked();
    typed.readOnly = m_readOnly->isChecked();
    typed.address = m_address->text().trimmed();
    typed.nameSpace = m_nameSpace->text();
    typed.trust = static_cast<Trust>(m_trusted->currentData().toInt());
    typed.caFile = m_caFile->text();
    typed.clientCertificate = m_clientCertificate->text();
    typed.clientKey = m_clientKey->text();
    typed.proxy = m_proxy->isChecked() ? ProxyUse::System : ProxyUse::None;
    typed.timeoutSeconds = m_timeout->value();
    typed.method = static_cast<SignInMethod>(m_method->currentData().toInt());
    typed.mount = m_mount->text();
    typed.user = m_user->text().trimmed();
    typed.keepToken = m_keep->isChecked();
    return typed;
}

QWidget *ProfileForm::fieldOf(ProfileProblem problem) const
{
    switch (problem) {
    case ProfileProblem::NoName:
    case ProfileProblem::NameTaken:
        return m_name;
    case ProfileProblem::BadColour:
        return m_colour;
    case ProfileProblem::NoAddress:
    case ProfileProblem::BadAddress:
    case ProfileProblem::SecretInAddress:
        return m_address;
    case ProfileProblem::NoCaFile:
        return m_caFile;
    case ProfileProblem::BadFingerprint:
        return m_trusted;
    case ProfileProblem::NoClientCertificate:
        return m_clientCertificate;
    case ProfileProblem::BadTimeout:
        return m_timeout;
    case ProfileProblem::NoMount:
        return m_mount;
    case ProfileProblem::None:
        break;
    }
    return nullptr;
}

} // namespace kith::views
