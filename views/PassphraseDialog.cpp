// SPDX-License-Identifier: Apache-2.0
#include "PassphraseDialog.h"

#include "Chip.h"
#include "ErrorText.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

using connection::CoreKey;

static constexpr int ShortestPassphrase = 8;

PassphraseDialog::PassphraseDialog(CoreKey &key, QWidget *parent)
    : QDialog(parent)
    , m_key(key)
    , m_isNew(key.state() == CoreKey::State::NoKeychain)
    , m_passphrase(addField(QStringLiteral("passphraseField")))
    , m_again(m_isNew ? addField(QStringLiteral("passphraseAgainField")) : nullptr)
    , m_note(new FieldNote(this))
{
    setObjectName(QStringLiteral("passphraseDialog"));
    setWindowTitle(m_isNew ? tr("Choose a passphrase") : tr("Unlock secrets"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    auto *what = new QLabel(
        m_isNew ? tr("Tokens, passwords and keys in this core are sealed. This desktop has no keychain to keep the key "
                     "in, so it is made from a passphrase. Nobody can find it out: without it, what is sealed is lost. "
                     "People, groups and policies are not sealed.")
                : tr("Tokens, passwords and keys in this core are sealed. People, groups and policies are not: you can "
                     "go on without."),
        this);
    what->setWordWrap(true);
    what->setTextFormat(Qt::PlainText);

    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Passphrase:"), m_passphrase);
    if (m_again)
        form->addRow(tr("Once &more:"), m_again);
    m_note->setObjectName(QStringLiteral("passphraseNote"));
    form->addRow(QString(), m_note);

    auto *buttons = new QDialogButtonBox(this);
    m_use = buttons->addButton(m_isNew ? tr("Use it") : tr("Unlock"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName(QStringLiteral("usePassphraseButton"));
    m_use->setDefault(true);
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &PassphraseDialog::start);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(12);
    rows->addWidget(what);
    rows->addLayout(form);
    rows->addStretch();
    rows->addWidget(buttons);

    connect(&m_key, &CoreKey::passphraseRefused, this, &PassphraseDialog::refused);
    connect(&m_key, &CoreKey::stateChanged, this, [this] {
        if (m_key.state() == CoreKey::State::Unsealed)
            accept();
    });
    m_passphrase->setFocus();
}

QLineEdit *PassphraseDialog::addField(const QString &name)
{
    auto *field = new QLineEdit(this);
    field->setObjectName(name);
    field->setEchoMode(QLineEdit::Password);
    connect(field, &QLineEdit::textEdited, this, [this] { m_note->say({}); });
    return field;
}

void PassphraseDialog::setBusy(bool busy)
{
    m_use->setEnabled(!busy);
    m_passphrase->setReadOnly(busy);
    if (m_again)
        m_again->setReadOnly(busy);
}

void PassphraseDialog::start()
{
    const QString text = m_passphrase->text();
    if (m_isNew && text.size() < ShortestPassphrase) {
        m_note->say(tr("At least %n characters are needed; several words are better than a word with digits.", "",
                       ShortestPassphrase));
        m_passphrase->setFocus();
    } else if (m_again && m_again->text() != text) {
        m_note->say(tr("The two are not the same."));
        m_again->setFocus();
        m_again->selectAll();
    } else if (text.isEmpty()) {
        m_passphrase->setFocus();
    } else {
        setBusy(true);
        m_note->say(tr("Making the key …"), Tone::Quiet);
        m_key.usePassphrase(text);
    }
}

void PassphraseDialog::refused(const Error &error)
{
    setBusy(false);
    m_note->say(error.code == ErrorCode::Damaged ? tr("That is not the passphrase of this core.") : errorText(error));
    m_passphrase->setFocus();
    m_passphrase->selectAll();
}

} // namespace kith::views
