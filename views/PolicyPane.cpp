// SPDX-License-Identifier: Apache-2.0
#include "PolicyPane.h"

#include "CardView.h"
#include "Chip.h"
#include "Direction.h"
#include "Editor.h"
#include "ElidedLabel.h"
#include "ErrorText.h"
#include "Line.h"
#include "Look.h"
#include "PolicyEdit.h"
#include "PolicyEditor.h"
#include "PolicyHolders.h"
#include "PolicyRuleCards.h"
#include "connection/Answers.h"
#include "connection/Async.h"
#include "connection/Conversions.h"
#include "connection/Requests.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QTabWidget>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <chrono>

namespace kith::views {

using connection::whenReady;

static bool isBuiltIn(const QString &name)
{
    return name == QLatin1String("root") || name == QLatin1String("response-wrapping");
}

PolicyPane::PolicyPane(connection::Connection &connection, Editor &editor, QWidget *whenNone, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_title(new ElidedLabel(this))
    , m_newName(new QLineEdit(this))
    , m_chip(new Chip(Tone::Warning, this))
    , m_facts(new QLabel(this))
    , m_remove(new QPushButton(tr("Delete"), this))
    , m_tabs(new QTabWidget(this))
    , m_holders(new PolicyHolders(connection, this))
    , m_fault(new FieldNote(this))
    , m_note(new FieldNote(this))
    , m_revert(new QPushButton(tr("&Revert"), this))
    , m_save(new QPushButton(tr("&Save"), this))
    , m_whenNone(whenNone)
    , m_content(new QWidget(this))
{
    setObjectName(QStringLiteral("policyPane"));
    m_tabs->setObjectName(QStringLiteral("policyTabs"));
    m_tabs->setAccessibleName(tr("About the policy"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildText(), tr("Text and rules"));
    m_tabs->addTab(m_holders, tr("Who has it"));
    auto *rows = new QVBoxLayout(m_content);
    rows->setContentsMargins(16, 8, 12, 8);
    rows->setSpacing(8);
    rows->addWidget(buildHead());
    rows->addWidget(m_tabs, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_whenNone, 1);
    column->addWidget(m_content, 1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(std::chrono::milliseconds(120));
    join();
    setPolicy({});
    showState();
}

PolicyPane::~PolicyPane() = default;

QWidget *PolicyPane::buildHead()
{
    auto *head = new QWidget(m_content);
    QFont name = fixedFont(titleFont(font()));
    name.setPointSizeF(titleFont(font()).pointSizeF());
    name.setWeight(QFont::DemiBold);
    m_title->setFont(name);
    m_title->setObjectName(QStringLiteral("policyTitle"));
    m_newName->setObjectName(QStringLiteral("policyName"));
    m_newName->setAccessibleName(tr("Name of the new policy"));
    m_newName->setPlaceholderText(tr("Name of the new policy"));
    m_chip->setObjectName(QStringLiteral("policyState"));
    m_facts->setObjectName(QStringLiteral("policyFacts"));
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setTextFormat(Qt::PlainText);
    m_remove->setObjectName(QStringLiteral("deletePolicy"));
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title, 1);
    first->addWidget(m_newName, 1);
    first->addWidget(m_chip);
    first->addWidget(m_remove);
    auto *rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2);
    rows->addLayout(first);
    rows->addWidget(m_facts);
    return head;
}

QWidget *PolicyPane::buildText()
{
    auto *page = new QWidget(m_tabs);
    m_split = new QSplitter(Qt::Vertical, page);
    m_split->setObjectName(QStringLiteral("policySplitter"));
    m_split->setChildrenCollapsible(false);
    auto *upper = new QWidget(m_split);
    m_text = new PolicyEditor(upper);
    m_rules = new CardView(m_split);
    m_rules->setObjectName(QStringLiteral("ruleCards"));
    m_rules->setAccessibleName(tr("What the rules mean"));
    m_fault->setObjectName(QStringLiteral("policyFault"));
    m_note->setObjectName(QStringLiteral("policyNote"));
    m_revert->setObjectName(QStringLiteral("revertPolicy"));
    m_save->setObjectName(QStringLiteral("savePolicy"));
    m_save->setToolTip(tr("Save (Ctrl+S)"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *notes = new QVBoxLayout;
    notes->setSpacing(0);
    notes->addWidget(m_fault);
    notes->addWidget(m_note);
    buttons->addLayout(notes, 1);
    buttons->addWidget(m_revert, 0, Qt::AlignTop);
    buttons->addWidget(m_save, 0, Qt::AlignTop);
    auto *rows = new QVBoxLayout(upper);
    rows->setContentsMargins(0, 0, 0, 8);
    rows->setSpacing(8);
    rows->addWidget(m_text, 1);
    rows->addLayout(buttons);
    m_split->addWidget(upper);
    m_split->addWidget(m_rules);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    auto *whole = new QVBoxLayout(page);
    whole->setContentsMargins(0, 8, 0, 0);
    whole->addWidget(m_split);
    return page;
}

void PolicyPane::join()
{
    connect(m_text, &QPlainTextEdit::textChanged, this, &PolicyPane::textChanged);
    connect(m_text, &PolicyEditor::left, this, &PolicyPane::left);
    connect(m_newName, &QLineEdit::textChanged, this, &PolicyPane::showState);
    connect(&m_typing, &QTimer::timeout, this, &PolicyPane::read);
    connect(m_save, &QPushButton::clicked, this, &PolicyPane::store);
    connect(m_revert, &QPushButton::clicked, this, &PolicyPane::revert);
    connect(m_remove, &QPushButton::clicked, this, &PolicyPane::removePolicy);
    connect(m_holders, &PolicyHolders::openObject, this, &PolicyPane::openObject);
    connect(m_holders, &PolicyHolders::counted, this,
            [this](int people) { m_tabs->setTabText(1, tr("Who has it: %1").arg(QLocale().toString(people))); });
    connect(m_rules, &CardView::activated, this, [this](const QString &target) {
        if (const int line = lineOfTarget(target)) {
            m_text->goToLine(line);
            m_text->setFocus();
        }
    });
    auto *keys = new QShortcut(QKeySequence::Save, this);
    keys->setContext(Qt::WidgetWithChildrenShortcut);
    connect(keys, &QShortcut::activated, m_save, &QPushButton::click);
    connect(&m_editor.permissions(), &Permissions::changed, this, &PolicyPane::showState);
    connect(&m_connection, &connection::Connection::changed, this, [this](const ChangeSet &changes) {
        if (!m_name.isEmpty() && (changes.everything || !changes.policies.empty()))
            load(Scroll::Keep);
    });
}

bool PolicyPane::isDirty() const
{
    return m_text->toPlainText() != m_base;
}

bool PolicyPane::isNewEdited() const
{
    return m_new && (isDirty() || !m_newName->text().trimmed().isEmpty());
}

bool PolicyPane::isEdited(const QString &name) const
{
    const bool shown = name == m_name && !m_name.isEmpty() && !m_loading && (m_readable || isDirty());
    return shown ? isDirty() : m_drafts.changed.contains(name);
}

bool PolicyPane::hasEdited() const
{
    if (m_drafts.fresh || isNewEdited() || (!m_name.isEmpty() && isEdited(m_name)))
        return true;
    return std::any_of(m_drafts.changed.keyBegin(), m_drafts.changed.keyEnd(),
                       [this](const QString &name) { return isEdited(name); });
}

/// What was typed stays until one comes back.
void PolicyPane::keepDraft()
{
    if (m_new) {
        if (isNewEdited())
            m_drafts.fresh = PolicyDrafts::New{m_newName->text(), m_text->toPlainText()};
        else
            m_drafts.fresh.reset();
        return;
    }
    if (m_name.isEmpty() || m_loading)
        return;
    if (isDirty())
        m_drafts.changed.insert(m_name, {m_text->toPlainText(), m_seen});
    else if (m_readable) // else nothing was shown that could replace it
        m_drafts.changed.remove(m_name);
}

/// What all that is shown begins with.
void PolicyPane::begin(Kind kind, const QString &name)
{
    keepDraft();
    ++m_generation;
    m_name = name;
    m_new = kind == Kind::New;
    m_defined = false;
    m_loading = false;
    m_readable = true;
    m_seen.reset();
    m_note->say({});
    m_title->setWhole(name);
    m_holders->setPolicy(name);
    m_tabs->setTabText(1, tr("Who has it"));
}

void PolicyPane::setPolicy(const QString &name)
{
    if (name == m_name && !m_new)
        return;
    begin(Kind::There, name);
    m_base.clear();
    setText({}, Scroll::Top);
    if (!name.isEmpty())
        load(Scroll::Top);
    showState();
}

void PolicyPane::startNew()
{
    begin(Kind::New, {});
    m_tabs->setCurrentIndex(0);
    m_base = QStringLiteral("path \"secret/data/example/*\" {\n  capabilities = [\"read\", \"list\"]\n}\n");
    const auto kept = std::exchange(m_drafts.fresh, std::nullopt);
    if (!kept)
        ++m_newNumber;
    m_newName->setText(kept ? kept->name : QString());
    setText(kept ? kept->text : m_base, Scroll::Top);
    showState();
    m_newName->setFocus();
}

PolicyDrafts PolicyPane::giveDrafts()
{
    keepDraft();
    PolicyDrafts given = m_drafts;
    if (m_new)
        m_drafts.fresh.reset(); // it is the one that is shown
    return given;
}

void PolicyPane::takeDrafts(const PolicyDrafts &drafts)
{
    for (auto draft = drafts.changed.begin(); draft != drafts.changed.end(); ++draft)
        if (!isEdited(draft.key()))
            m_drafts.changed.insert(draft.key(), *draft);
    if (!m_new && !m_drafts.fresh)
        m_drafts.fresh = drafts.fresh;
    if (!m_name.isEmpty() && !m_new && !isDirty())
        load(Scroll::Top);
    for (const QString &name : drafts.changed.keys())
        Q_EMIT editedChanged(name);
}

void PolicyPane::load(Scroll scroll)
{
    m_loading = m_loading || scroll == Scroll::Top;
    auto request = connection::requestOf(core::Operation::Read, connection::toStd(PolicyEdit::pathOf(m_name)));
    whenReady(m_connection.send(std::move(request)), this,
              [this, scroll, asked = ++m_generation](const Result<core::Response> &answer) {
                  if (asked == m_generation)
                      loaded(answer, scroll);
              });
}

void PolicyPane::loaded(const Result<core::Response> &answer, Scroll scroll)
{
    const bool unread = !m_readable && !isDirty();
    const bool first = std::exchange(m_loading, false) || scroll == Scroll::Top || unread;
    const bool missing = answer && answer->status == 404;
    const boost::json::object *data = connection::dataOf(answer);
    m_readable = missing || data;
    if (!m_readable) {
        m_note->say(errorText(errorOf(answer)));
        return showState();
    }
    const bool dirty = !first && isDirty();
    const boost::json::value *text = data ? data->if_contains("policy") : nullptr;
    const QString before = std::exchange(m_base, text ? connection::textOf(*text) : QString());
    m_defined = data != nullptr;
    const Seen current = m_defined ? Seen(m_base) : Seen();
    const auto version = data ? store::numberIn(*data, "version") : 0;
    m_facts->setText(!m_defined    ? tr("Nobody has written it: whoever has it is granted nothing by it.")
                     : version > 0 ? tr("Version %1").arg(QLocale().toString(static_cast<qlonglong>(version)))
                                   : QString());
    if (first) {
        const auto draft = m_drafts.changed.constFind(m_name);
        const bool kept = draft != m_drafts.changed.constEnd() && draft->text != m_base;
        if (kept && draft->seen != current)
            m_note->say(tr("Somebody else changed this policy since you began to. Saving shows both versions."),
                        Tone::Warning);
        else
            m_note->say(kept ? tr("What you changed isn’t saved yet.") : QString(), Tone::Warning);
        m_seen = kept ? draft->seen : current;
        setText(kept ? draft->text : m_base, Scroll::Top);
    } else if (!dirty || !isDirty()) {
        m_seen = current;
        setText(m_base, Scroll::Keep);
    } else if (before != m_base) {
        m_note->say(tr("Somebody else changed this policy meanwhile. Saving shows both versions."), Tone::Warning);
    }
    showState();
}

void PolicyPane::setText(const QString &text, Scroll scroll)
{
    m_filling = true;
    const int position = m_text->textCursor().position();
    const int scrolled = m_text->verticalScrollBar()->value();
    if (text != m_text->toPlainText())
        m_text->setPlainText(text);
    if (scroll == Scroll::Keep) {
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(std::min(position, static_cast<int>(text.size())));
        m_text->setTextCursor(cursor);
        m_text->verticalScrollBar()->setValue(scrolled);
    }
    m_filling = false;
    read();
}

void PolicyPane::textChanged()
{
    if (m_filling)
        return;
    m_note->say({});
    m_typing.start();
    showState();
    if (!m_name.isEmpty())
        Q_EMIT editedChanged(m_name);
}

void PolicyPane::read()
{
    m_typing.stop();
    m_reading = true;
    auto reading = QtConcurrent::run(
        [text = m_text->toPlainText()] { return Result<items::PolicyReading>(items::readPolicy(text)); });
    whenReady(reading, this, [this, asked = ++m_readings](const Result<items::PolicyReading> &read) {
        if (asked != m_readings)
            return;
        m_reading = false;
        if (read)
            showReading(*read);
    });
}

void PolicyPane::showReading(const items::PolicyReading &reading)
{
    const bool empty = m_text->toPlainText().trimmed().isEmpty();
    m_wrong = empty ? std::nullopt : reading.fault;
    m_text->setFault(m_wrong);
    if (!m_wrong)
        m_fault->say({});
    else if (m_wrong->line > 0)
        m_fault->say(tr("Line %1: %2").arg(m_wrong->line).arg(isolated(m_wrong->text)));
    else
        m_fault->say(m_wrong->text);
    if (!m_wrong) // the last that could be read stay in sight while one types
        m_rules->setCards(ruleCards(reading.rules),
                          empty ? QString() : tr("There is no rule in it, so it allows nothing."),
                          CardView::Scroll::Keep);
    showState();
}

QString PolicyPane::nameError() const
{
    const QString name = m_newName->text().trimmed();
    if (name.isEmpty())
        return tr("A policy needs a name.");
    if (isBuiltIn(name.toLower()))
        return tr("That name is taken by the server itself.");
    return {};
}

void PolicyPane::showState()
{
    const bool any = m_new || !m_name.isEmpty();
    m_whenNone->setVisible(!any);
    m_content->setVisible(any);
    if (!any)
        return;
    Permissions &may = m_editor.permissions();
    const QString mayWrite = isBuiltIn(m_name) ? tr("This policy belongs to the server and can’t be changed.")
                                               : may.policyRefusal(Act::Change);
    const QString text = m_text->toPlainText();
    const bool dirty = text != m_base;
    const bool empty = text.trimmed().isEmpty();
    m_title->setVisible(!m_new);
    m_newName->setVisible(m_new);
    m_facts->setVisible(!m_new && !m_facts->text().isEmpty());
    m_chip->setText(tr("not defined: grants nothing"));
    m_chip->setVisible(!m_new && !m_defined && m_readable && !m_loading);
    m_remove->setVisible(!m_new && m_defined);
    const bool lasting = isBuiltIn(m_name) || m_name == QLatin1String("default");
    const QString mayRemove =
        lasting ? tr("This policy belongs to the server and can’t be deleted.") : may.policyRefusal(Act::Delete);
    m_remove->setEnabled(mayRemove.isEmpty());
    m_remove->setToolTip(mayRemove);
    m_text->setReadOnly(!mayWrite.isEmpty() || m_loading || !m_readable);
    m_text->setToolTip(mayWrite);
    QString why = mayWrite;
    if (why.isEmpty() && m_new)
        why = nameError();
    if (why.isEmpty() && m_wrong)
        why = tr("The text can’t be read yet: see line %1.").arg(m_wrong->line);
    if (why.isEmpty() && empty)
        why = tr("A policy can’t be empty. It can be deleted.");
    m_save->setText(m_new || !m_defined ? tr("&Create") : tr("&Save"));
    m_save->setEnabled(why.isEmpty() && (dirty || m_new) && !m_loading);
    m_save->setToolTip(why.isEmpty() ? tr("Save (Ctrl+S)") : why);
    m_revert->setEnabled((dirty || (m_new && !m_newName->text().trimmed().isEmpty())) && !m_loading);
}

void PolicyPane::store()
{
    const QString name = m_new ? m_newName->text().trimmed().toLower() : m_name;
    const QString text = m_text->toPlainText();
    m_save->setEnabled(false);
    const auto outcome = m_seen ? m_editor.changePolicy(name, *m_seen, text, Editor::Report::Caller)
                                : m_editor.createPolicy(name, text, Editor::Report::Caller);
    whenReady(outcome, this, [this, name, text, newNumber = m_new ? m_newNumber : 0](const Result<void> &done) {
        stored(name, text, newNumber, done);
    });
}

/// `newNumber`: of the new one that it was; 0: it wasn't new.
void PolicyPane::stored(const QString &name, const QString &text, int newNumber, const Result<void> &done)
{
    const bool shown = newNumber > 0 ? m_new && m_newNumber == newNumber : m_name == name;
    if (done) {
        dropSaved(name, text);
        if (!shown && newNumber > 0 && newNumber == m_newNumber && m_drafts.fresh && m_drafts.fresh->text == text)
            m_drafts.fresh.reset();
    }
    if (!shown) { // nobody looks at its note any more: the window says it
        if (const QString why = Editor::noteOf(done); !why.isEmpty())
            Q_EMIT m_editor.failed(tr("The policy %1 isn’t saved: %2").arg(shownName(name, 60), why));
    } else if (done && newNumber > 0) {
        const QString typed = m_text->toPlainText();
        if (typed != text) // meanwhile
            m_drafts.changed.insert(name, {typed, text});
        m_new = false;
        m_drafts.fresh.reset();
        setPolicy(name);
    } else {
        m_note->say(Editor::noteOf(done));
        if (done) {
            m_base = text;
            m_seen = text;
            m_defined = true;
        }
    }
    showState();
    Q_EMIT editedChanged(name);
    if (done && shown && newNumber > 0)
        Q_EMIT created(name);
}

/// What was typed for it elsewhere meanwhile is begun from what is there now.
void PolicyPane::dropSaved(const QString &name, const QString &text)
{
    const auto draft = m_drafts.changed.find(name);
    if (draft == m_drafts.changed.end())
        return;
    if (draft->text == text)
        m_drafts.changed.erase(draft);
    else
        draft->seen = text;
}

void PolicyPane::revert()
{
    m_drafts.changed.remove(m_name);
    m_note->say({});
    if (m_new) {
        m_newName->clear();
        ++m_newNumber; // what comes of saving the former isn't about this one
    }
    m_seen = m_defined ? Seen(m_base) : Seen();
    setText(m_base, Scroll::Keep);
    showState();
    Q_EMIT editedChanged(m_name);
    m_text->setFocus();
}

void PolicyPane::removePolicy()
{
    if (m_new || !m_defined || !m_remove->isEnabled())
        return;
    m_drafts.changed.remove(m_name);
    m_editor.removePolicy(m_name, m_seen.value_or(m_base));
}

void PolicyPane::focusText()
{
    m_tabs->setCurrentIndex(0);
    m_text->setFocus();
}

void PolicyPane::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("policies/text"), m_split->saveState());
}

void PolicyPane::restore(const QSettings &settings)
{
    m_split->restoreState(settings.value(QStringLiteral("policies/text")).toByteArray());
}

} // namespace kith::views
