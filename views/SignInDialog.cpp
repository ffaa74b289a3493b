// SPDX-License-Identifier: Apache-2.0
#include "SignInDialog.h"

#include "Chip.h"
#include "DiagnosisText.h"
#include "DialogFoot.h"
#include "ElidedLabel.h"
#include "ErrorText.h"
#include "Look.h"
#include "TrustOffer.h"
#include "connection/Async.h"
#include "connection/Diagnosis.h"

#include <QCheckBox>
#include <QFile>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

using connection::Profile;
using connection::Secrets;
using connection::SignInMethod;
using connection::whenReady;

class SignInDialog::Private
{
public:
    Private(SignInDialog &dialog, connection::Profiles &all, Secrets &keychain, Profile where, Opened then)
        : q(dialog), profiles(all), secrets(keychain), profile(std::move(where)), opened(std::move(then))
    {}

    void build(const QString &why);
    QWidget *buildSecret();
    void readKept();
    void readTokenFile();
    void start();
    void openWith(const QByteArray &token);
    void signedIn(const QByteArray &token);
    void failed(const Error &error);
    void diagnose();
    void trust(const QString &fingerprint);
    void setBusy(const QString &doing);
    QString refusalText(const Error &error) const;

    SignInDialog &q;
    connection::Profiles &profiles;
    Secrets &secrets;
    Profile profile;
    Opened opened;
    QLineEdit *user = nullptr; ///< Null for a token.
    QLineEdit *secret = nullptr;
    QPushButton *fromFile = nullptr; ///< Null where there is no such file.
    QCheckBox *keep = nullptr;
    FieldNote *note = nullptr;
    TrustOffer *trustOffer = nullptr;
    QPushButton *signIn = nullptr;
    bool fromKeychain = false; ///< What is tried now.
};

void SignInDialog::Private::build(const QString &why)
{
    q.setObjectName(QStringLiteral("signInDialog"));
    q.setWindowTitle(SignInDialog::tr("Sign in at %1").arg(shownName(profile.name, 60)));
    q.setAttribute(Qt::WA_DeleteOnClose);
    q.setMinimumWidth(q.fontMetrics().averageCharWidth() * 72);
    auto *place = new ElidedLabel(&q);
    place->setObjectName(QStringLiteral("signInPlace"));
    place->setWhole(profile.nameSpace.isEmpty()
                        ? visibleName(profile.address, 2000)
                        : SignInDialog::tr("%1, namespace %2")
                              .arg(shownName(profile.address, 2000), shownName(profile.nameSpace, 2000)),
                    ElidedLabel::Kind::Sentence);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    if (profile.method != SignInMethod::Token) {
        user = new QLineEdit(profile.user, &q);
        user->setObjectName(QStringLiteral("signInUser"));
        form->addRow(
            profile.method == SignInMethod::AppRole ? SignInDialog::tr("&Role id:") : SignInDialog::tr("&User:"), user);
    }
    QWidget *secretRow = buildSecret();
    form->addRow(profile.method == SignInMethod::Token     ? SignInDialog::tr("&Token:")
                 : profile.method == SignInMethod::AppRole ? SignInDialog::tr("&Secret id:")
                                                           : SignInDialog::tr("&Password:"),
                 secretRow);
    const auto *label = qobject_cast<const QLabel *>(form->labelForField(secretRow));
    secret->setAccessibleName(label->text().remove(u'&').remove(u':'));
    keep = new QCheckBox(SignInDialog::tr("&Keep the token in the desktop’s keychain"), &q);
    keep->setObjectName(QStringLiteral("signInKeep"));
    keep->setChecked(profile.keepToken);
    form->addRow(QString(), keep);
    note = new FieldNote(&q);
    note->setObjectName(QStringLiteral("signInNote"));
    trustOffer = new TrustOffer(SignInDialog::tr("Trust this certificate from now on"), &q);
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(12);
    rows->addWidget(place);
    rows->addLayout(form);
    rows->addWidget(note);
    rows->addWidget(trustOffer);
    rows->addStretch();
    signIn = addFoot(q, *rows, SignInDialog::tr("Sign in"), "signInButton", [this] { start(); });
    QObject::connect(trustOffer, &TrustOffer::trusted, &q, [this](const QString &fingerprint) { trust(fingerprint); });
    note->say(why, Tone::Quiet);
    (user && user->text().isEmpty() ? user : secret)->setFocus();
}

QWidget *SignInDialog::Private::buildSecret()
{
    auto *box = new QWidget(&q);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    secret = new QLineEdit(box);
    secret->setObjectName(QStringLiteral("signInSecret"));
    secret->setEchoMode(QLineEdit::Password);
    row->addWidget(secret);
    if (profile.method == SignInMethod::Token && !connection::Profiles::tokenFile().isEmpty()) {
        fromFile = new QPushButton(SignInDialog::tr("Use the command line’s"), box);
        fromFile->setObjectName(QStringLiteral("signInFromFile"));
        fromFile->setToolTip(connection::Profiles::tokenFile());
        fromFile->setAutoDefault(false);
        row->addWidget(fromFile);
        QObject::connect(fromFile, &QPushButton::clicked, &q, [this] { readTokenFile(); });
    }
    box->setFocusProxy(secret);
    return box;
}

void SignInDialog::Private::setBusy(const QString &doing)
{
    const bool busy = !doing.isEmpty();
    signIn->setEnabled(!busy);
    secret->setReadOnly(busy);
    if (user)
        user->setReadOnly(busy);
    if (fromFile)
        fromFile->setEnabled(!busy);
    if (busy) {
        note->say(doing, Tone::Quiet);
        trustOffer->withdraw();
    }
}

void SignInDialog::Private::readKept()
{
    if (!profile.keepToken)
        return;
    setBusy(SignInDialog::tr("Asking the keychain …"));
    whenReady(secrets.read(Secrets::tokenOf(profile.id)), &q, [this](const Result<QByteArray> &token) {
        setBusy({});
        note->say({});
        if (token) {
            fromKeychain = true;
            openWith(*token);
        } else if (token.error().code != ErrorCode::NotFound) {
            note->say(SignInDialog::tr("The keychain doesn’t give the token: %1")
                          .arg(QString::fromStdString(token.error().wire)),
                      Tone::Warning);
        }
    });
}

void SignInDialog::Private::readTokenFile()
{
    QFile file(connection::Profiles::tokenFile());
    if (!file.open(QIODevice::ReadOnly))
        return note->say(SignInDialog::tr("%1 can’t be read: %2").arg(file.fileName(), file.errorString()));
    secret->setText(QString::fromUtf8(file.readAll()).trimmed());
    start();
}

void SignInDialog::Private::start()
{
    fromKeychain = false;
    if (user && user->text().trimmed().isEmpty())
        return user->setFocus();
    if (secret->text().isEmpty())
        return secret->setFocus();
    if (profile.method == SignInMethod::Token)
        return openWith(secret->text().trimmed().toUtf8());
    setBusy(SignInDialog::tr("Signing in …"));
    auto client = std::make_shared<connection::RemoteClient>(profile);
    const connection::Credentials credentials{profile.method, profile.mount, user->text().trimmed(),
                                              secret->text().toUtf8()};
    whenReady(connection::signIn(*client, credentials), &q,
              [this, client](const Result<connection::SignedIn> &in) { // keeps the client until it has answered
                  if (in)
                      openWith(in->token);
                  else
                      failed(in.error());
              });
}

void SignInDialog::Private::openWith(const QByteArray &token)
{
    setBusy(SignInDialog::tr("Signing in …"));
    connection::RemoteOptions options;
    options.profile = profile;
    options.token = token;
    whenReady(connection::RemoteConnection::open(std::move(options)), &q,
              [this, token](Result<std::unique_ptr<connection::RemoteConnection>> connection) {
                  if (!connection)
                      return failed(connection.error());
                  signedIn(token);
                  opened(std::move(*connection)); // first: with the last window the program would end
                  q.accept();
              });
}

void SignInDialog::Private::signedIn(const QByteArray &token)
{
    const QString typedUser = user ? user->text().trimmed() : profile.user;
    const bool keeps = keep->isChecked();
    if (keeps && !fromKeychain)
        secrets.write(Secrets::tokenOf(profile.id), token);
    if (!keeps && profile.keepToken)
        secrets.remove(Secrets::tokenOf(profile.id));
    if (profile.id.isEmpty() || (keeps == profile.keepToken && typedUser == profile.user))
        return;
    Profile known = profile;
    known.keepToken = keeps;
    known.user = typedUser;
    // A list that can't be written keeps nobody out; the next time they are asked again.
    [[maybe_unused]] const auto put = profiles.put(known);
}

QString SignInDialog::Private::refusalText(const Error &error) const
{
    if (fromKeychain)
        return SignInDialog::tr("The token in the keychain isn’t good any more. Sign in again.");
    if (profile.method == SignInMethod::Token)
        return SignInDialog::tr("The server doesn’t take this token: it is wrong, or its time is over.");
    if (error.code == ErrorCode::NotFound)
        return SignInDialog::tr("There is nothing to sign in at under this mount.");
    if (error.code == ErrorCode::PermissionDenied)
        return SignInDialog::tr("The server refuses. After too many wrong tries it does so for a while.");
    return profile.method == SignInMethod::AppRole
               ? SignInDialog::tr("Role id or secret id is wrong, or the secret id is used up.")
               : SignInDialog::tr("User or password is wrong.");
}

void SignInDialog::Private::failed(const Error &error)
{
    switch (error.code) {
    case ErrorCode::PermissionDenied:
    case ErrorCode::InvalidRequest:
    case ErrorCode::NotFound:
        setBusy({});
        note->say(refusalText(error));
        secret->selectAll();
        secret->setFocus();
        return;
    case ErrorCode::Unreachable:
    case ErrorCode::TimedOut:
        return diagnose();
    default:
        setBusy({});
        note->say(errorText(error));
    }
}

void SignInDialog::Private::diagnose()
{
    note->say(SignInDialog::tr("It can’t be reached; looking for the reason …"), Tone::Quiet);
    auto *watcher = new QFutureWatcher<connection::Diagnosis>(&q);
    QObject::connect(watcher, &QFutureWatcherBase::finished, &q, [this, watcher] {
        watcher->deleteLater();
        setBusy({});
        if (watcher->isCanceled())
            return;
        const connection::Diagnosis found = watcher->result();
        note->say(diagnosisText(found), found.cause == connection::Cause::Fine ? Tone::Good : Tone::Bad);
        trustOffer->offer(found, TrustOffer::Replacing::Refused);
        q.adjustSize();
    });
    watcher->setFuture(connection::diagnose(profile));
}

void SignInDialog::Private::trust(const QString &fingerprint)
{
    profile.trust = connection::Trust::Pinned;
    profile.fingerprint = fingerprint;
    trustOffer->withdraw();
    note->say({});
    if (const auto put = profiles.put(profile); !put)
        return note->say(errorText(put.error()));
    if (fromKeychain)
        readKept();
    else
        start();
}

SignInDialog::SignInDialog(connection::Profiles &profiles, Secrets &secrets, const Profile &profile, Start start,
                           const QString &why, Opened opened, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, profiles, secrets, profile, std::move(opened)))
{
    m_d->build(why);
    if (start == Start::WithKept)
        m_d->readKept();
}

SignInDialog::~SignInDialog() = default;

} // namespace kith::views
