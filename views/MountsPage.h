// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "items/MountTableModel.h"

class QAction;
class QHBoxLayout;
class QLabel;

namespace kith::views {

class ColumnsTable;
class Editor;
class EmptyState;

/// Where do people come from? The auth methods, with how many log in at each.
class MountsPage : public ObjectsPage
{
    Q_OBJECT
public:
    /// Both must outlive the page.
    MountsPage(connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);
    ~MountsPage() override;

    void show(const Place &place) override; ///< The place's name is the chosen mount's accessor.
    QString selectionText() const override;
    void focusFilter() override { focusContent(); } ///< They are few: there is no filter.
    void focusContent() override;
    bool isReady() const override;
    bool usesInspector() const override { return false; }
    ColumnsTable *table() override;
    std::optional<ShownTable> shown() const override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

Q_SIGNALS:
    void aliasesWanted(const QString &accessor);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildTable();
    void buildActions(QHBoxLayout &tools);
    void join();
    const connection::MountRow *chosenMount() const;
    void chose();
    void showWanted();
    void updateState();
    void enableOne();
    void describe();
    void disable();

    Editor &m_editor;
    items::MountTableModel m_model;
    ColumnsTable *m_table;
    QLabel *m_count;
    EmptyState *m_empty;
    QAction *m_aliases = nullptr;
    QAction *m_describe = nullptr;
    QAction *m_disable = nullptr;
    QAction *m_enable = nullptr;
    QString m_wanted; ///< To be chosen when it is there.
    bool m_following = false;
    bool m_failed = false;
};

} // namespace kith::views
