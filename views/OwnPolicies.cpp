// SPDX-License-Identifier: Apache-2.0
#include "OwnPolicies.h"

#include "Chip.h"
#include "Editor.h"
#include "ErrorText.h"
#include "FlowLayout.h"
#include "KnownPolicies.h"
#include "RemovableChip.h"
#include "connection/Async.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace kith::views {

namespace {
constexpr int ShownAtFirst = 40;
constexpr int TallestLines = 4;
} // namespace

OwnPolicies::OwnPolicies(Editor &editor, KnownPolicies &known, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_known(known)
    , m_area(new QScrollArea(this))
    , m_chips(new QWidget)
    , m_flow(new FlowLayout(m_chips))
    , m_field(new QLineEdit(this))
    , m_note(new FieldNote(this))
{
    auto *title = new QLabel(tr("Own policies"), this);
    title->setFont(quietFont(font()));
    m_area->setWidget(m_chips);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_field->setObjectName(QStringLiteral("addPolicy"));
    m_field->setPlaceholderText(tr("Add a policy …"));
    m_field->setAccessibleName(tr("Add a policy"));
    m_note->setObjectName(QStringLiteral("addPolicyNote"));
    completeIn(*m_field, m_known.names());
    connect(m_field, &QLineEdit::returnPressed, this, &OwnPolicies::add);
    connect(m_field, &QLineEdit::textEdited, this, [this] {
        m_note->say({});
        m_agreed.clear();
    });
    connect(&m_known, &KnownPolicies::changed, this, &OwnPolicies::rebuild);

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 4, 0, 0);
    rows->setSpacing(4);
    rows->addWidget(title);
    rows->addWidget(m_area);
    rows->addWidget(m_field);
    rows->addWidget(m_note);
}

void OwnPolicies::setObject(connection::ObjectRef object, const QStringList &policies)
{
    m_known.wanted();
    const QString refusal = m_editor.permissions().refusal(Act::Change, object);
    m_field->setEnabled(refusal.isEmpty());
    m_field->setToolTip(refusal);
    if (object == m_object && policies == m_policies && refusal == m_refusal)
        return;
    if (!(object == m_object)) {
        m_field->clear();
        m_note->say({});
        m_agreed.clear();
        m_all = false;
    }
    m_object = object;
    m_policies = policies;
    m_refusal = refusal;
    rebuild();
}

void OwnPolicies::rebuild()
{
    while (QLayoutItem *item = m_flow->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const qsizetype shown = m_all ? m_policies.size() : std::min<qsizetype>(m_policies.size(), ShownAtFirst);
    for (qsizetype i = 0; i < shown; ++i)
        m_flow->addWidget(chip(m_policies.at(i)));
    if (shown < m_policies.size()) {
        auto *more = new QPushButton(tr("%Ln more", nullptr, static_cast<int>(m_policies.size() - shown)), m_chips);
        more->setFlat(true);
        connect(more, &QPushButton::clicked, this, [this] {
            m_all = true;
            rebuild();
        });
        m_flow->addWidget(more);
    }
    for (int i = 0; i < m_flow->count(); ++i)
        m_flow->itemAt(i)->widget()->show();
    fit();
}

QWidget *OwnPolicies::chip(const QString &policy)
{
    auto *chip = new RemovableChip(policy, ElidedLabel::Kind::Name, fixedFont(font()), m_chips);
    chip->setObjectName(QStringLiteral("ownPolicy"));
    chip->button().setObjectName(QStringLiteral("removePolicy"));
    if (m_known.state(policy) == KnownPolicies::State::Undefined)
        chip->addMark(tr("not defined"), Tone::Warning, tr("No such policy exists, so it grants nothing."));
    chip->setRemovable(tr("Remove policy %1").arg(shownName(policy)), m_refusal);
    connect(chip, &RemovableChip::removeClicked, this, [this, policy] {
        QStringList after = m_policies;
        after.removeAll(policy);
        change(after);
    });
    return chip;
}

void OwnPolicies::add()
{
    const QString policy = m_field->text().trimmed().toLower();
    if (policy.isEmpty())
        return;
    if (policy == QLatin1String("root")) {
        m_note->say(tr("“root” is for root tokens only and can't be given to anyone."));
        return;
    }
    if (m_policies.contains(policy)) {
        m_note->say(tr("“%1” is there already.").arg(shownName(policy, 80)));
        return;
    }
    if (m_known.state(policy) == KnownPolicies::State::Undefined && m_agreed != policy) {
        m_agreed = policy;
        m_note->say(tr("No policy is called “%1”: it would grant nothing until it is defined. Enter adds it all the "
                       "same.")
                        .arg(shownName(policy, 80)),
                    Tone::Warning);
        return;
    }
    QStringList after = m_policies;
    after.push_back(policy);
    after.sort();
    change(after);
}

void OwnPolicies::change(const QStringList &after)
{
    const auto object = m_object;
    connection::whenReady(m_editor.setPolicies(m_object, m_policies, after, Editor::Report::Caller), this,
                          [this, object](const Result<void> &result) {
                              if (!(object == m_object))
                                  return;
                              m_agreed.clear();
                              if (result)
                                  m_field->clear();
                              m_note->say(Editor::noteOf(result));
                          });
}

void OwnPolicies::fit()
{
    const int width = std::max(m_area->viewport()->width(), 100);
    const int wanted = m_flow->count() == 0 ? 0 : m_flow->heightForWidth(width);
    const int tallest = TallestLines * (fontMetrics().height() + 14);
    m_area->setFixedHeight(std::min(wanted, tallest));
    m_area->setVisible(wanted > 0);
}

void OwnPolicies::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

} // namespace kith::views
