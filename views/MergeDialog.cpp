// SPDX-License-Identifier: Apache-2.0
#include "MergeDialog.h"

#include "CardView.h"
#include "Chip.h"
#include "DialogFoot.h"
#include "Editor.h"
#include "ErrorText.h"
#include "HitList.h"
#include "MergeEdit.h"
#include "connection/Async.h"
#include "connection/RemoteConnection.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

using connection::AliasDetail;
using connection::EntityDetail;
using Voice = Span::Voice;

namespace {

QString aliasName(const AliasDetail &alias)
{
    return MergeDialog::tr("%1 · %2", "an alias and its mount")
        .arg(shownName(alias.name.name, 60),
             alias.name.mount.isEmpty() ? MergeDialog::tr("its mount is gone") : alias.name.mount);
}

Card row(const QString &text, Voice voice = Voice::Text)
{
    return {Card::Kind::Row, {{{voice, text}}}};
}

bool isDirectly(const EntityDetail &person, GroupId group)
{
    return std::any_of(person.groups.begin(), person.groups.end(),
                       [group](const auto &way) { return way.group.id == group && way.chain.size() == 1; });
}

/// What `from` gives to `to`.
void addMoves(std::vector<Card> &cards, const EntityDetail &from, const EntityDetail &to, const QStringList &dropped)
{
    for (const AliasDetail &alias : from.aliases)
        if (!dropped.contains(alias.uuid))
            cards.push_back(row(MergeDialog::tr("Alias %1").arg(aliasName(alias))));
    for (const auto &way : from.groups)
        if (way.chain.size() == 1 && !isDirectly(to, way.group.id))
            cards.push_back(row(MergeDialog::tr("Member of %1").arg(shownName(way.group.name, 80))));
}

/// What nobody has afterwards.
void addLosses(std::vector<Card> &cards, const EntityDetail &from, const EntityDetail &to, const QStringList &dropped)
{
    for (const EntityDetail *person : {&from, &to})
        for (const AliasDetail &alias : person->aliases)
            if (dropped.contains(alias.uuid))
                cards.push_back(row(MergeDialog::tr("Alias %1").arg(aliasName(alias))));
    for (const QString &policy : from.policies)
        if (!to.policies.contains(policy))
            cards.push_back(
                row(MergeDialog::tr("Policy %1, which is on the entity itself").arg(shownName(policy, 80))));
    for (const auto &[key, value] : from.metadata)
        cards.push_back(row(MergeDialog::tr("Metadata %1: %2").arg(shownName(key, 40), shownName(value, 80))));
    if (from.row.disabled && !to.row.disabled)
        cards.push_back(row(MergeDialog::tr("That %1 is disabled: who logs in by these aliases gets in again")
                                .arg(shownName(from.row.name, 60))));
    cards.push_back(row(MergeDialog::tr("The name %1").arg(shownName(from.row.name, 80))));
}

} // namespace

MergeDialog::MergeDialog(const std::vector<EntityId> &people, connection::Connection &connection, Editor &editor,
                         QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_editor(editor)
    , m_hits(connection)
    , m_finder(connection, m_hits, HitFinder::Kinds::People)
    , m_question(new QLabel(tr("Who stays?"), this))
    , m_choices{new QRadioButton(this), new QRadioButton(this)}
    , m_clashBox(new QWidget(this))
    , m_clashRows(new QVBoxLayout(m_clashBox))
    , m_preview(new CardView(this))
    , m_note(new FieldNote(this))
{
    setObjectName(QStringLiteral("mergeDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Merge two people"));
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 34);
    build();
    for (std::size_t side = 0; side < people.size() && side < m_people.size(); ++side)
        read(side, people[side]);
    connect(&connection, &connection::Connection::changed, this, &MergeDialog::follow);
    showPeople();
}

MergeDialog::~MergeDialog() = default;

void MergeDialog::build()
{
    m_choices[0]->setObjectName(QStringLiteral("keepFirst"));
    m_choices[1]->setObjectName(QStringLiteral("keepSecond"));
    m_choices[0]->setChecked(true);
    m_clashRows->setContentsMargins(0, 0, 0, 0);
    m_preview->setObjectName(QStringLiteral("mergePreview"));
    m_preview->setAccessibleName(tr("What the merge does"));
    m_note->setObjectName(QStringLiteral("mergeNote"));
    auto *rows = new QVBoxLayout(this);
    rows->setSpacing(8);
    rows->addWidget(buildPicker(), 1);
    rows->addWidget(m_question);
    for (QRadioButton *choice : m_choices) {
        rows->addWidget(choice);
        connect(choice, &QRadioButton::toggled, this, &MergeDialog::showPreview);
    }
    rows->addWidget(m_clashBox);
    rows->addWidget(m_preview, 1);
    rows->addWidget(m_note);
    m_go = addFoot(*this, *rows, tr("&Merge"), "mergePeople", [this] { merge(); });
}

QWidget *MergeDialog::buildPicker()
{
    m_picker = new QWidget(this);
    m_field = new QLineEdit(m_picker);
    m_field->setObjectName(QStringLiteral("mergeField"));
    m_field->setPlaceholderText(tr("With whom? A part of the name, an alias, or the id"));
    m_field->setAccessibleName(tr("With whom"));
    m_list = new HitList(m_hits, m_picker);
    m_list->setObjectName(QStringLiteral("mergeHits"));
    m_list->setAccessibleName(tr("Found"));
    m_list->setMinimumHeight(m_list->heightFor(6));
    m_list->setDragEnabled(false);
    auto *rows = new QVBoxLayout(m_picker);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_field);
    rows->addWidget(m_list, 1);
    connect(m_field, &QLineEdit::textChanged, &m_finder, &HitFinder::find);
    connect(&m_finder, &HitFinder::found, this, [this](const QString &text, int count) {
        m_note->say(count > 0 || text.isEmpty() ? QString()
                    : m_finder.hasSeenAll()     ? tr("Nobody is called so.")
                                                : tr("Too much matches this. Type more of the name."),
                    Tone::Quiet);
    });
    connect(&m_finder, &HitFinder::failed, this, [this](const Error &error) { m_note->say(errorText(error)); });
    connect(m_list, &HitList::picked, this, &MergeDialog::pick);
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        if (!m_finder.isLooking())
            pick(m_hits.objectAt(m_list->currentIndex()));
    });
    return m_picker;
}

void MergeDialog::pick(connection::ObjectRef object)
{
    if (!object.entity())
        return;
    if (m_people[0] && m_people[0]->row.id == object.entity())
        return m_note->say(tr("That is the same entity."));
    m_note->say({});
    read(1, object.entity());
}

void MergeDialog::read(std::size_t side, EntityId id)
{
    connection::whenReady(m_connection.directory().entity(id), this, [this, side](const auto &person) {
        if (!person)
            return m_note->say(errorText(person.error()));
        m_people[side] = *person;
        showPeople();
    });
}

/// What is merged is what is shown.
void MergeDialog::follow(const ChangeSet &changes)
{
    if (m_merging)
        return; // by which one of them goes
    const bool named = changes.everything || changes.mounts || !changes.groups.empty();
    for (std::size_t side = 0; side < m_people.size(); ++side) {
        if (!m_people[side])
            continue;
        const EntityId id = m_people[side]->row.id;
        if (named || std::find(changes.entities.begin(), changes.entities.end(), id) != changes.entities.end() ||
            std::any_of(changes.members.begin(), changes.members.end(),
                        [id](const auto &member) { return member.second == id; }))
            read(side, id);
    }
}

std::size_t MergeDialog::stays() const
{
    return m_choices[0]->isChecked() ? 0 : 1;
}

void MergeDialog::showPeople()
{
    const bool both = m_people[0] && m_people[1];
    m_picker->setVisible(m_people[0] && !m_people[1]);
    for (std::size_t side = 0; side < m_people.size(); ++side) {
        m_choices[side]->setVisible(both);
        if (!m_people[side])
            continue;
        const EntityDetail &person = *m_people[side];
        const QStringList facts = {tr("%Ln alias(es)", nullptr, static_cast<int>(person.aliases.size())),
                                   tr("%Ln direct group(s)", nullptr, person.row.directGroups),
                                   tr("%Ln policies of its own", nullptr, static_cast<int>(person.policies.size()))};
        QString name = shownName(person.row.name, 60);
        m_choices[side]->setText(
            tr("%1 (%2)", "a name, and facts")
                .arg(name.replace(QLatin1Char('&'), QLatin1String("&&")), facts.join(QStringLiteral(", "))));
    }
    const bool fresh = m_question->isHidden();
    m_question->setVisible(both);
    m_preview->setVisible(both);
    if (both) {
        showClashes();
        if (fresh)
            m_choices[stays()]->setFocus();
    } else {
        m_field->setFocus();
    }
    showPreview();
}

/// Where both have an alias on one mount only one of the two can be kept. What was chosen stays chosen.
void MergeDialog::showClashes()
{
    std::vector<std::pair<const AliasDetail *, const AliasDetail *>> both;
    for (const AliasDetail &first : m_people[0]->aliases)
        for (const AliasDetail &second : m_people[1]->aliases)
            if (first.accessor == second.accessor)
                both.emplace_back(&first, &second);
    const auto isShown = [](const auto &pair, const Clash &clash) {
        return pair.first->uuid == clash.first && pair.second->uuid == clash.second &&
               clash.choice->itemText(0) == shownName(pair.first->name.name, 60) &&
               clash.choice->itemText(1) == shownName(pair.second->name.name, 60);
    };
    if (std::equal(both.begin(), both.end(), m_clashes.begin(), m_clashes.end(), isShown))
        return m_clashBox->setVisible(!m_clashes.empty());
    QStringList chosen;
    for (const Clash &clash : m_clashes) {
        chosen += clash.choice->currentData().toString();
        clash.choice->parentWidget()->deleteLater();
    }
    m_clashes.clear();
    for (const auto &[first, second] : both) {
        auto *line = new QWidget(m_clashBox);
        auto *form = new QFormLayout(line);
        form->setContentsMargins(0, 0, 0, 0);
        auto *choice = new QComboBox(line);
        choice->setObjectName(QStringLiteral("aliasToKeep"));
        choice->addItem(shownName(first->name.name, 60), first->uuid);
        choice->addItem(shownName(second->name.name, 60), second->uuid);
        choice->setCurrentIndex(chosen.contains(second->uuid) ? 1 : 0);
        form->addRow(tr("Both log in at %1. The alias that stays:")
                         .arg(first->name.mount.isEmpty() ? first->accessor : first->name.mount),
                     choice);
        m_clashRows->addWidget(line);
        connect(choice, &QComboBox::currentIndexChanged, this, &MergeDialog::showPreview);
        m_clashes.push_back({first->uuid, second->uuid, choice});
    }
    m_clashBox->setVisible(!m_clashes.empty());
}

void MergeDialog::showPreview()
{
    const bool both = m_people[0] && m_people[1];
    m_go->setEnabled(both && !m_merging);
    if (!both)
        return;
    const EntityDetail &to = *m_people[stays()];
    const EntityDetail &from = *m_people[1 - stays()];
    QStringList dropped;
    for (const Clash &clash : m_clashes)
        dropped += clash.choice->currentIndex() == 0 ? clash.second : clash.first;
    std::vector<Card> moves;
    addMoves(moves, from, to, dropped);
    if (moves.empty())
        moves.push_back(row(tr("Nothing"), Voice::Quiet));
    std::vector<Card> cards{
        {Card::Kind::Heading, {{{Voice::Strong, tr("Moves to %1").arg(shownName(to.row.name, 60))}}}}};
    cards.insert(cards.end(), moves.begin(), moves.end());
    cards.push_back({Card::Kind::Heading, {{{Voice::Strong, tr("Is lost")}}}});
    addLosses(cards, from, to, dropped);
    if (isOneWay())
        cards.push_back(
            {Card::Kind::Row, {{{Voice::Chip, tr("This server can’t take a merge back."), {}, Tone::Warning}}}});
    m_preview->setCards(std::move(cards), {}, CardView::Scroll::Keep);
}

bool MergeDialog::isOneWay() const
{
    const auto *remote = qobject_cast<connection::RemoteConnection *>(&m_connection);
    return remote && !remote->hasKith();
}

void MergeDialog::merge()
{
    const EntityDetail &to = *m_people[stays()];
    const EntityDetail &from = *m_people[1 - stays()];
    MergeEdit::Order order{from.row.uuid, to.row.uuid, from.row.name, to.row.name, {}, from.version, to.version};
    for (const Clash &clash : m_clashes)
        order.aliasesToKeep += clash.choice->currentData().toString();
    m_go->setEnabled(false);
    m_merging = true;
    const auto way = isOneWay() ? MergeEdit::Way::OneWay : MergeEdit::Way::Undoable;
    auto edit = std::make_shared<MergeEdit>(std::move(order), way);
    connection::whenReady(m_editor.merge(std::move(edit), Editor::Report::Caller), this,
                          [this](const Result<void> &done) {
                              if (done)
                                  return accept();
                              refused(done.error());
                          });
}

void MergeDialog::refused(const Error &error)
{
    m_merging = false;
    m_go->setEnabled(true);
    m_note->say(error.code == ErrorCode::PreconditionFailed
                    ? tr("Somebody else changed one of them meanwhile. Look again at what the merge does.")
                    : errorText(error));
    for (std::size_t side = 0; side < m_people.size(); ++side)
        read(side, m_people[side]->row.id); // what came while it was under way
}

} // namespace kith::views
