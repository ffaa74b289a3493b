// SPDX-License-Identifier: Apache-2.0
#include "FilterBar.h"

#include "DialogFoot.h"
#include "FlowLayout.h"
#include "RemovableChip.h"
#include "WindowMemory.h"
#include "connection/Async.h"

#include <QDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

using Kind = connection::EntityCondition::Kind;

FilterBar::FilterBar(connection::Connection &connection, QLineEdit &text, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_typed(text)
    , m_button(new QToolButton(this))
    , m_menu(new QMenu(m_button))
    , m_chips(new QWidget(this))
    , m_flow(new FlowLayout(m_chips))
{
    setObjectName(QStringLiteral("filterBar"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 0, 12, 8);
    column->addWidget(m_chips);
    m_button->setObjectName(QStringLiteral("filterButton"));
    m_button->setText(tr("Filter"));
    m_button->setToolTip(tr("Show only those in a group, with a policy, at a mount …"));
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_button->setMenu(m_menu);
    m_menu->setObjectName(QStringLiteral("filterMenu"));
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
    fillMenu();
    hide();
}

void FilterBar::setMemory(WindowMemory &memory)
{
    m_memory = &memory;
}

void FilterBar::fillMenu()
{
    delete m_menu->findChild<QMenu *>(QStringLiteral("forgetMenu"));
    m_menu->clear();
    using About = ConditionDialog::About;
    const auto entry = [this](const QString &text, const char *name, auto run) {
        QAction *action = m_menu->addAction(text, this, run);
        action->setObjectName(QString::fromLatin1(name));
        return action;
    };
    entry(tr("In a &group …"), "filterGroup", [this] { ask(About::Group); });
    entry(tr("With a &policy …"), "filterPolicy", [this] { ask(About::Policy); });
    entry(tr("At a &mount …"), "filterMount", [this] { ask(About::Mount); });
    entry(tr("With me&tadata …"), "filterMetadata", [this] { ask(About::Metadata); });
    entry(tr("&Disabled"), "filterDisabled", [this] { add({{Kind::Disabled}}); });
    entry(tr("&Enabled"), "filterEnabled", [this] { add({{Kind::Enabled}}); });
    m_menu->addSeparator();
    const auto shown = [](const SavedFilter &filter) {
        return QString(filter.name).replace(QLatin1Char('&'), QLatin1String("&&"));
    };
    const std::vector<SavedFilter> filters = saved();
    for (const SavedFilter &filter : filters)
        entry(shown(filter), "savedFilter", [this, filter] { choose(filter); });
    const bool any = !m_conditions.empty() || !m_typed.text().trimmed().isEmpty();
    entry(tr("&Keep this filter …"), "keepFilter", [this] { askName(); })->setEnabled(any && m_memory);
    if (!filters.empty()) {
        QMenu *forget = m_menu->addMenu(tr("&Forget a filter"));
        forget->setObjectName(QStringLiteral("forgetMenu"));
        for (const SavedFilter &filter : filters)
            forget->addAction(shown(filter), this, [this, name = filter.name] { drop(name); });
    }
    m_menu->addSeparator();
    entry(tr("&Clear the filter"), "clearFilter", [this] { clear(); })->setEnabled(any);
}

void FilterBar::ask(ConditionDialog::About about)
{
    auto *dialog = new ConditionDialog(m_connection, about, window());
    connect(dialog, &ConditionDialog::chosen, this, &FilterBar::add);
    dialog->open();
}

void FilterBar::add(const NamedCondition &condition)
{
    Conditions conditions = m_conditions;
    const bool state = condition.condition.kind == Kind::Disabled || condition.condition.kind == Kind::Enabled;
    std::erase_if(conditions, [&](const NamedCondition &other) { // nobody is both
        const Kind kind = other.condition.kind;
        return other == condition || (state && (kind == Kind::Disabled || kind == Kind::Enabled));
    });
    conditions.push_back(condition);
    set(std::move(conditions));
}

void FilterBar::clear()
{
    m_typed.clear();
    set({});
}

void FilterBar::set(Conditions conditions)
{
    ++m_choice;
    m_busy = false;
    if (conditions == m_conditions)
        return;
    m_conditions = std::move(conditions);
    rebuild();
    Q_EMIT changed();
}

void FilterBar::rebuild()
{
    while (QLayoutItem *item = m_flow->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const NamedCondition &condition : m_conditions) {
        const QString text = conditionText(condition);
        auto *chip = new RemovableChip(text, ElidedLabel::Kind::Sentence, font(), m_chips);
        chip->setObjectName(QStringLiteral("filterChip"));
        chip->setRemovable(tr("Remove the filter: %1").arg(text));
        connect(chip, &RemovableChip::removeClicked, this, [this, condition] {
            Conditions rest = m_conditions;
            std::erase(rest, condition);
            set(std::move(rest));
        });
        m_flow->addWidget(chip);
        chip->show();
    }
    setVisible(!m_conditions.empty());
}

std::vector<connection::EntityCondition> FilterBar::conditions() const
{
    std::vector<connection::EntityCondition> all;
    for (const NamedCondition &named : m_conditions)
        all.push_back(named.condition);
    return all;
}

QString FilterBar::text() const
{
    QStringList texts;
    for (const NamedCondition &condition : m_conditions)
        texts += conditionText(condition);
    return texts.join(QStringLiteral(" · "));
}

/// The groups of a kept filter are looked up: what has gone is nobody's.
void FilterBar::choose(const SavedFilter &filter)
{
    m_typed.setText(filter.text);
    std::vector<QString> uuids;
    for (const NamedCondition &condition : filter.conditions)
        uuids.push_back(condition.uuid);
    if (std::all_of(uuids.begin(), uuids.end(), [](const QString &uuid) { return uuid.isEmpty(); }))
        return set(filter.conditions);
    m_busy = true;
    connection::whenReady(m_connection.directory().byUuids(std::move(uuids)), this,
                          [this, conditions = filter.conditions, choice = ++m_choice](const auto &refs) mutable {
                              if (choice != m_choice)
                                  return;
                              m_busy = false;
                              if (!refs)
                                  return Q_EMIT failed(refs.error());
                              for (std::size_t i = 0; i < conditions.size(); ++i)
                                  if (!conditions[i].uuid.isEmpty())
                                      conditions[i].condition.group = (*refs)[i].group();
                              set(std::move(conditions));
                          });
}

std::vector<SavedFilter> FilterBar::saved() const
{
    return m_memory ? savedFilters(QJsonDocument::fromJson(m_memory->value("filters").toByteArray()).array())
                    : std::vector<SavedFilter>();
}

void FilterBar::save(const std::vector<SavedFilter> &filters)
{
    if (m_memory)
        m_memory->setValue("filters", QJsonDocument(toJson(filters)).toJson(QJsonDocument::Compact));
}

void FilterBar::askName()
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("keepFilterDialog"));
    dialog->setWindowTitle(tr("Keep this filter"));
    auto *column = new QVBoxLayout(dialog);
    auto *label = new QLabel(tr("&Name:"), dialog);
    auto *name = new QLineEdit(text().isEmpty() ? m_typed.text().trimmed() : text(), dialog);
    name->setObjectName(QStringLiteral("keepFilterName"));
    name->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    name->selectAll();
    label->setBuddy(name);
    column->addWidget(label);
    column->addWidget(name);
    QPushButton *go = addFoot(*dialog, *column, tr("Keep"), "keepFilterGo", [this, dialog, name] {
        keep(name->text().trimmed());
        dialog->accept();
    });
    connect(name, &QLineEdit::textChanged, go,
            [go](const QString &typed) { go->setEnabled(!typed.trimmed().isEmpty()); });
    dialog->open();
}

void FilterBar::keep(const QString &name)
{
    std::vector<SavedFilter> filters = saved();
    std::erase_if(filters, [&](const SavedFilter &filter) { return filter.name == name; });
    filters.push_back({name, m_typed.text().trimmed(), m_conditions});
    std::sort(filters.begin(), filters.end(),
              [](const SavedFilter &a, const SavedFilter &b) { return a.name.localeAwareCompare(b.name) < 0; });
    save(filters);
}

void FilterBar::drop(const QString &name)
{
    std::vector<SavedFilter> filters = saved();
    std::erase_if(filters, [&](const SavedFilter &filter) { return filter.name == name; });
    save(filters);
}

} // namespace kith::views
