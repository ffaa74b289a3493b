// SPDX-License-Identifier: Apache-2.0
#include "ShareDialog.h"

#include "Chip.h"
#include "DialogFoot.h"
#include "ErrorText.h"
#include "Look.h"
#include "connection/Async.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace kith::views {

using connection::CoreKey;
using connection::Sharing;

namespace {

constexpr int UsualPort = 8200;
constexpr int FirstOwnPort = 1024; // those below are the system's
constexpr int LastPort = 65535;

/// Fields in a row, with what there is to say about them below.
QWidget *rowOf(std::initializer_list<QWidget *> fields, QWidget *below, QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    for (QWidget *field : fields)
        row->addWidget(field, qobject_cast<QLineEdit *>(field) ? 1 : 0);
    row->addStretch();
    rows->addLayout(row);
    if (below)
        rows->addWidget(below);
    box->setFocusProxy(*fields.begin());
    return box;
}

QLineEdit *shownText(const char *name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setObjectName(QString::fromLatin1(name));
    field->setReadOnly(true);
    field->setFont(fixedFont(field->font()));
    return field;
}

} // namespace

ShareDialog::ShareDialog(Sharing &sharing, CoreKey &key, QWidget *parent)
    : QDialog(parent), m_sharing(sharing), m_key(key)
{
    setObjectName(QStringLiteral("shareDialog"));
    setWindowTitle(tr("Share this core"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    auto *what = new QLabel(tr("Programs on this machine can use this core as they use Vault or OpenBao, while this "
                               "window is open. Other machines can’t reach it."),
                            this);
    what->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Port:"), buildPort());
    form->addRow(tr("&Address:"), buildAddress());
    form->addRow(tr("&Token:"), buildToken());
    nameFields(*form);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(12);
    rows->addWidget(what);
    rows->addLayout(form);
    rows->addStretch();
    rows->addWidget(buttons);

    connect(&m_sharing, &Sharing::stateChanged, this, &ShareDialog::showState);
    connect(&m_sharing, &Sharing::startFailed, this, [this](const Error &error) {
        m_portNote->say(tr("It can’t listen there: %1. Another port may do.").arg(QString::fromStdString(error.wire)));
        m_port->setFocus();
        m_port->selectAll();
    });
    connect(&m_key, &CoreKey::stateChanged, this, &ShareDialog::showState);
    connect(&m_clipboard, &SecretClipboard::cleared, this, [this] {
        if (!m_token->text().isEmpty())
            m_tokenNote->say(tr("It is gone from the clipboard."), Tone::Quiet);
    });
    showState();
    m_toggle->setFocus();
}

QWidget *ShareDialog::buildPort()
{
    m_port = new QSpinBox(this);
    m_port->setObjectName(QStringLiteral("portField"));
    m_port->setRange(FirstOwnPort, LastPort);
    m_port->setValue(UsualPort);
    m_port->setGroupSeparatorShown(false);
    m_toggle = new QPushButton(this);
    m_toggle->setObjectName(QStringLiteral("shareButton"));
    m_toggle->setDefault(true);
    m_portNote = new FieldNote(this);
    m_portNote->setObjectName(QStringLiteral("portNote"));
    connect(m_toggle, &QPushButton::clicked, this, &ShareDialog::startOrStop);
    connect(m_port, &QSpinBox::valueChanged, this, [this] { m_portNote->say({}); });
    return rowOf({m_port, m_toggle}, m_portNote, this);
}

QWidget *ShareDialog::buildAddress()
{
    m_address = shownText("addressField", this);
    m_copyAddress = new QPushButton(tr("Copy"), this);
    m_copyAddress->setObjectName(QStringLiteral("copyAddressButton"));
    m_copyAddress->setAccessibleName(tr("Copy the address"));
    m_copyAddress->setAutoDefault(false);
    connect(m_copyAddress, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_address->text()); });
    return rowOf({m_address, m_copyAddress}, nullptr, this);
}

QWidget *ShareDialog::buildToken()
{
    m_token = shownText("tokenField", this);
    m_makeToken = new QPushButton(this);
    m_makeToken->setObjectName(QStringLiteral("makeTokenButton"));
    m_makeToken->setAutoDefault(false);
    m_unlock = new QPushButton(tr("Unlock …"), this);
    m_unlock->setObjectName(QStringLiteral("unlockButton"));
    m_unlock->setAutoDefault(false);
    m_tokenNote = new FieldNote(this);
    m_tokenNote->setObjectName(QStringLiteral("tokenNote"));
    connect(m_unlock, &QPushButton::clicked, this, &ShareDialog::unlockWanted);
    connect(m_makeToken, &QPushButton::clicked, this, [this] {
        if (m_token->text().isEmpty())
            return makeToken();
        m_clipboard.copy(m_token->text());
        m_tokenNote->say(tr("On the clipboard for ten seconds."), Tone::Quiet);
    });
    return rowOf({m_token, m_makeToken, m_unlock}, m_tokenNote, this);
}

void ShareDialog::startOrStop()
{
    m_portNote->say({});
    if (m_sharing.state() == Sharing::State::On)
        m_sharing.stop();
    else
        m_sharing.start(m_port->value());
}

void ShareDialog::makeToken()
{
    m_makeToken->setEnabled(false);
    connection::whenReady(m_sharing.newToken(), this, [this](const Result<QString> &token) {
        m_makeToken->setEnabled(true);
        if (!token)
            return m_tokenNote->say(errorText(token.error()));
        m_token->setText(*token);
        m_token->setCursorPosition(0);
        showState();
        m_tokenNote->say(tr("It may do everything here. It is shown once, and ends when sharing stops, at the latest "
                            "after a day."),
                         Tone::Quiet);
        m_makeToken->setFocus();
    });
}

void ShareDialog::showState()
{
    const Sharing::State state = m_sharing.state();
    const bool on = state == Sharing::State::On;
    m_port->setEnabled(state == Sharing::State::Off);
    m_toggle->setEnabled(on || state == Sharing::State::Off);
    m_toggle->setText(state == Sharing::State::Off || state == Sharing::State::Starting ? tr("&Start sharing")
                                                                                        : tr("&Stop sharing"));
    if (state == Sharing::State::Stopping)
        m_portNote->say(tr("Finishing what is under way …"), Tone::Quiet);
    else if (on)
        m_portNote->say({});
    m_address->setText(m_sharing.url());
    m_address->setPlaceholderText(tr("not shared"));
    m_copyAddress->setEnabled(on);
    if (!on)
        m_token->clear();
    m_makeToken->setText(m_token->text().isEmpty() ? tr("&Make a token") : tr("Copy"));
    m_makeToken->setAccessibleName(m_token->text().isEmpty() ? tr("Make a token") : tr("Copy the token"));
    showKey();
}

void ShareDialog::showKey()
{
    const bool unsealed = m_key.state() == CoreKey::State::Unsealed;
    const bool askable = m_key.state() == CoreKey::State::NoKeychain || m_key.state() == CoreKey::State::Passphrase ||
                         m_key.state() == CoreKey::State::Closed;
    m_makeToken->setVisible(!askable);
    m_makeToken->setEnabled(m_sharing.state() == Sharing::State::On && unsealed);
    m_unlock->setVisible(askable);
    if (askable)
        m_tokenNote->say(tr("Tokens need the core’s secrets, which are locked."), Tone::Warning);
    else if (m_key.state() == CoreKey::State::Shares)
        m_tokenNote->say(tr("This core belongs to kithd: unseal it with its unseal keys over the API."), Tone::Quiet);
    else if (!unsealed)
        m_tokenNote->say(tr("The key of this core’s secrets isn’t at hand, so nobody can log in."), Tone::Warning);
    else if (m_token->text().isEmpty())
        m_tokenNote->say({});
}

} // namespace kith::views
