// SPDX-License-Identifier: Apache-2.0
#include "TokenDialog.h"

#include "Chip.h"
#include "ErrorText.h"
#include "PolicyCards.h"
#include "connection/Async.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

using connection::ObjectRef;
using connection::TokenTruth;
using connection::whenReady;
using Voice = Span::Voice;

enum Kind { Token, Accessor, Own };

static QString timeLeft(qint64 seconds)
{
    const qint64 minutes = seconds / 60;
    if (minutes >= 48 * 60)
        return TokenDialog::tr("%Ln day(s)", nullptr, static_cast<int>(minutes / (24 * 60)));
    return TokenDialog::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

TokenDialog::TokenDialog(connection::RemoteConnection &connection, ObjectRef entity, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_entity(entity.entity() ? entity : ObjectRef())
    , m_kind(new QComboBox(this))
    , m_field(new QLineEdit(this))
    , m_look(new QPushButton(tr("&Look"), this))
    , m_note(new FieldNote(this))
    , m_cards(new CardView(this))
    , m_path(new QLineEdit(this))
    , m_askPath(new QPushButton(tr("A&sk"), this))
    , m_pathNote(new FieldNote(this))
{
    setObjectName(QStringLiteral("tokenDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What a token is and has"));
    resize(fontMetrics().averageCharWidth() * 88, fontMetrics().height() * 32);
    m_note->setObjectName(QStringLiteral("tokenNote"));
    m_cards->setObjectName(QStringLiteral("tokenCards"));
    m_cards->setAccessibleName(tr("What the server says of it"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(8);
    rows->addLayout(buildQuestion());
    rows->addWidget(m_note);
    rows->addWidget(m_cards, 1);
    rows->addLayout(buildPath());
    rows->addWidget(m_pathNote);
    rows->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_cards, &CardView::activated, this, [this](const QString &target) {
        if (const ObjectRef object = objectOfTarget(target))
            Q_EMIT openObject(object);
    });
    m_cards->setCards(
        {},
        tr("Paste a token, or give its accessor: the server says whose it is and what it has, beside what "
           "is computed here. The token goes to the server only, and isn’t kept."),
        CardView::Scroll::Top);
    m_field->setFocus();
}

QLayout *TokenDialog::buildQuestion()
{
    m_kind->setObjectName(QStringLiteral("tokenKind"));
    m_kind->setAccessibleName(tr("Named by"));
    m_kind->addItem(tr("Token"), Token);
    m_kind->addItem(tr("Accessor"), Accessor);
    m_kind->addItem(tr("The token of this sign-in"), Own);
    m_field->setObjectName(QStringLiteral("tokenField"));
    m_look->setObjectName(QStringLiteral("lookAtToken"));
    m_look->setDefault(true);
    const auto kindChanged = [this] {
        const int kind = m_kind->currentData().toInt();
        m_field->setText({}); // clear() could be undone, and show the token
        m_field->setEchoMode(kind == Token ? QLineEdit::Password : QLineEdit::Normal);
        m_field->setEnabled(kind != Own);
        m_field->setAccessibleName(kind == Token ? tr("Token") : tr("Accessor"));
    };
    connect(m_kind, &QComboBox::currentIndexChanged, this, kindChanged);
    kindChanged();
    connect(m_look, &QPushButton::clicked, this, &TokenDialog::look);
    auto *row = new QHBoxLayout;
    row->addWidget(m_kind);
    row->addWidget(m_field, 1);
    row->addWidget(m_look);
    return row;
}

QLayout *TokenDialog::buildPath()
{
    auto *label = new QLabel(tr("What it may do at the &path:"), this);
    label->setBuddy(m_path);
    m_path->setObjectName(QStringLiteral("tokenPath"));
    m_path->setPlaceholderText(QStringLiteral("secret/data/…"));
    m_askPath->setObjectName(QStringLiteral("askTokenPath"));
    m_askPath->setAutoDefault(false);
    m_pathNote->setObjectName(QStringLiteral("tokenPathNote"));
    for (QWidget *part : std::initializer_list<QWidget *>{m_path, m_askPath})
        part->setEnabled(false);
    connect(m_askPath, &QPushButton::clicked, this, &TokenDialog::askPath);
    connect(m_path, &QLineEdit::returnPressed, this, &TokenDialog::askPath);
    connect(m_path, &QLineEdit::textEdited, this, [this] { m_pathNote->say({}); });
    // Enter in this field isn't the dialog's.
    connect(m_path, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_askPath->setDefault(!text.isEmpty());
        m_look->setDefault(text.isEmpty());
    });
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(m_askPath);
    return row;
}

void TokenDialog::look()
{
    const int kind = m_kind->currentData().toInt();
    const QString text = m_field->text().trimmed();
    if (text.isEmpty() && kind != Own)
        return m_field->setFocus();
    const int asked = forget();
    m_look->setEnabled(false);
    m_note->say(tr("Asking the server …"), Tone::Quiet);
    const QString accessor = kind == Own ? m_connection.token().signedIn().accessor : text;
    whenReady(m_connection.tokenTruth(kind == Token ? text.toUtf8() : QByteArray(), accessor, {}), this,
              [this, kind, asked](const Result<TokenTruth> &truth) {
                  if (asked != m_generation)
                      return;
                  m_look->setEnabled(true);
                  if (truth)
                      return found(*truth);
                  const ErrorCode code = truth.error().code;
                  if (code == ErrorCode::PermissionDenied && kind != Token)
                      m_note->say(tr("You have no right to look tokens up by their accessors here."));
                  else if (code == ErrorCode::PermissionDenied || code == ErrorCode::NotFound)
                      m_note->say(kind == Token ? tr("The server knows no such token, or you may not look it up.")
                                                : tr("The server knows no token with this accessor."));
                  else
                      m_note->say(errorText(truth.error()));
              });
}

/// Nothing of what was shown of another token stays. Gives the generation that begins.
int TokenDialog::forget()
{
    m_token = {};
    m_look->setEnabled(true);
    m_cards->setCards({}, {}, CardView::Scroll::Top);
    for (QWidget *part : std::initializer_list<QWidget *>{m_path, m_askPath})
        part->setEnabled(false);
    m_note->say({});
    m_pathNote->say({});
    return ++m_generation;
}

void TokenDialog::found(const TokenTruth &truth)
{
    m_token = truth.token;
    m_token.token.clear();
    if (m_kind->currentData().toInt() == Token)
        m_field->setText({}); // clear() could be undone, and show the token
    for (QWidget *part : std::initializer_list<QWidget *>{m_path, m_askPath})
        part->setEnabled(true);
    m_pathNote->say({});
    findEntity();
}

/// Whose it is, in the mirror; where that doesn't have them, they are looked up.
void TokenDialog::findEntity()
{
    const int asked = ++m_generation;
    if (m_token.entityUuid.isEmpty()) {
        m_note->say(tr("No entity stands behind this token: what it has, it has by itself."), Tone::Quiet);
        return showCards({});
    }
    whenReady(m_connection.lookUp(connection::ObjectKind::Entity, m_token.entityUuid), this,
              [this, asked](const Result<std::optional<ObjectRef>> &found) {
                  if (asked != m_generation)
                      return;
                  if (found && *found)
                      return compare(**found);
                  m_note->say(tr("Its entity can’t be read here, so there is nothing to compare with: %1")
                                  .arg(found ? tr("it doesn’t exist any more.") : errorText(found.error())),
                              Tone::Warning);
                  compared({}, {}, m_token.identityPolicies);
              });
}

void TokenDialog::compare(ObjectRef entity)
{
    const int asked = ++m_generation;
    whenReady(m_connection.directory().explain(entity), this,
              [this, asked, entity](const Result<connection::Explanation> &explanation) {
                  if (asked != m_generation)
                      return;
                  if (!explanation)
                      return m_note->say(errorText(explanation.error()));
                  QStringList computed;
                  for (const connection::PolicyWays &policy : explanation->policies)
                      computed += policy.name;
                  whenReady(m_connection.directory().entities({entity.entity()}), this,
                            [this, asked, entity, computed](const Result<std::vector<connection::EntityRow>> &rows) {
                                if (asked == m_generation)
                                    compared(rows && !rows->empty() ? rows->front().name : QString(), entity, computed);
                            });
              });
}

void TokenDialog::compared(const QString &name, ObjectRef entity, const QStringList &computed)
{
    std::vector<Card> cards;
    QStringList all = m_token.identityPolicies + computed;
    all.removeDuplicates();
    all.sort();
    int differing = 0;
    for (const QString &policy : all) {
        std::vector<Span> line{{Voice::Fixed, shownName(policy)}};
        const bool there = m_token.identityPolicies.contains(policy);
        if (there != computed.contains(policy)) {
            ++differing;
            line.push_back({Voice::Text, QStringLiteral("  ")});
            line.push_back(
                {Voice::Chip, there ? tr("only the server says so") : tr("only computed here"), {}, Tone::Warning});
        }
        cards.push_back({Card::Kind::Row, {std::move(line)}});
    }
    if (entity) {
        if (differing == 0)
            m_note->say(tr("Its %Ln policy(s) by its entity are just those that are computed here.", nullptr,
                           static_cast<int>(all.size())),
                        Tone::Good);
        else
            m_note->say(tr("%Ln policy(s) by its entity differ from what is computed here: read anew (F5), and look "
                           "again.",
                           nullptr, differing),
                        Tone::Warning);
        std::vector<Span> whose{{Voice::Quiet, tr("entity") + QLatin1Char(' ')},
                                {Voice::Link, shownName(name), entityTarget(entity.entity())}};
        if (m_entity && !(m_entity == entity)) {
            whose.push_back({Voice::Text, QStringLiteral("  ")});
            whose.push_back({Voice::Chip, tr("not the one that is selected"), {}, Tone::Warning});
        }
        cards.insert(cards.begin(), Card{Card::Kind::Heading, {{{Voice::Strong, tr("By its entity")}}}});
        cards.insert(cards.begin() + 1, Card{Card::Kind::Row, {std::move(whose)}});
    } else {
        cards.insert(cards.begin(),
                     Card{Card::Kind::Heading, {{{Voice::Strong, tr("By its entity, as the server says")}}}});
    }
    showCards(std::move(cards));
}

void TokenDialog::showCards(std::vector<Card> byEntity)
{
    const QLocale locale;
    const QDateTime end = QDateTime::currentDateTime().addSecs(m_token.ttlSeconds);
    std::vector<Card> cards;
    const auto row = [&cards](const QString &what, const QString &text, Voice voice = Voice::Text) {
        cards.push_back({Card::Kind::Row, {{{Voice::Quiet, what + QStringLiteral("  ")}, {voice, text}}}});
    };
    cards.push_back({Card::Kind::Heading, {{{Voice::Strong, shownName(m_token.displayName)}}}});
    row(tr("accessor"), m_token.accessor, Voice::Fixed);
    row(tr("ends"), m_token.ttlSeconds > 0
                        ? tr("%1, in %2", "a date and time; 3 days")
                              .arg(locale.toString(end, QLocale::ShortFormat), timeLeft(m_token.ttlSeconds))
                        : tr("never"));
    row(tr("can be renewed"), m_token.renewable ? tr("yes") : tr("no"));
    cards.push_back({Card::Kind::Heading, {{{Voice::Strong, tr("By itself")}}}});
    for (const QString &policy : m_token.policies)
        cards.push_back({Card::Kind::Row, {{{Voice::Fixed, shownName(policy)}}}});
    for (Card &card : byEntity)
        cards.push_back(std::move(card));
    m_cards->setCards(std::move(cards), {}, CardView::Scroll::Top);
}

void TokenDialog::askPath()
{
    const QString path = m_path->text().trimmed();
    if (path.isEmpty() || m_token.accessor.isEmpty())
        return;
    whenReady(m_connection.tokenTruth({}, m_token.accessor, {path}), this,
              [this, path, asked = m_generation](const Result<TokenTruth> &truth) {
                  if (asked != m_generation || path != m_path->text().trimmed())
                      return;
                  if (!truth)
                      return m_pathNote->say(truth.error().code == ErrorCode::PermissionDenied
                                                 ? tr("You have no right to ask what other tokens may do.")
                                                 : errorText(truth.error()));
                  const QStringList may = truth->capabilities.value(path);
                  const bool denied = may.isEmpty() || may.contains(QStringLiteral("deny"));
                  m_pathNote->say(denied ? tr("Nothing: it is denied.")
                                         : tr("It may: %1").arg(may.join(QStringLiteral(", "))),
                                  denied ? Tone::Warning : Tone::Good);
              });
}

} // namespace kith::views
