// SPDX-License-Identifier: Apache-2.0
#include "GroupPicker.h"

#include "HitList.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace kith::views {

static constexpr int ShownRows = 8;

GroupPicker::GroupPicker(connection::Connection &connection, QWidget *parent)
    : QWidget(parent)
    , m_model(connection)
    , m_finder(connection, m_model, HitFinder::Kinds::Groups)
    , m_field(new QLineEdit(this))
    , m_list(new HitList(m_model, this))
{
    m_field->setObjectName(QStringLiteral("groupPicker"));
    m_field->setAccessibleName(tr("Group"));
    m_field->setPlaceholderText(tr("Part of the group’s name …"));
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("groupPickerHits"));
    m_list->setAccessibleName(tr("Groups found"));
    m_list->setDragEnabled(false);
    m_list->setFrameShape(QFrame::StyledPanel);
    m_list->setFixedHeight(m_list->heightFor(ShownRows) + 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_list);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &typed) {
        Q_EMIT searching();
        m_finder.find(typed);
    });
    connect(&m_finder, &HitFinder::found, this, &GroupPicker::changed);
    connect(&m_finder, &HitFinder::failed, this, &GroupPicker::changed);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &GroupPicker::changed);
}

GroupId GroupPicker::group() const
{
    return m_finder.isLooking() ? GroupId() : m_model.objectAt(m_list->currentIndex()).group();
}

QString GroupPicker::name() const
{
    return group() ? m_list->currentIndex().data().toString() : QString();
}

bool GroupPicker::isEmpty() const
{
    return m_field->text().trimmed().isEmpty();
}

bool GroupPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool arrow = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down;
        if (arrow && m_list->takeKey(key))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace kith::views
