// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "items/AliasTableModel.h"

#include <QTimer>

class QAction;
class QComboBox;
class QLabel;
class QPushButton;

namespace kith::views {

class ColumnsTable;
class Editor;
class EmptyState;
class FilterField;
class SegmentedControl;

/// Under which names do people log in? All aliases in a table, and those whose mount is gone; the inspector shows the
/// person of the chosen one.
class AliasesPage : public ObjectsPage
{
    Q_OBJECT
public:
    /// Both must outlive the page.
    AliasesPage(connection::Connection &connection, Editor &editor, QWidget *parent = nullptr);
    ~AliasesPage() override;

    /// The place's name is the accessor of the mount whose aliases alone are shown.
    void show(const Place &place) override;
    QString selectionText() const override;
    void focusFilter() override;
    void focusContent() override;
    bool isReady() const override;
    ColumnsTable *table() override;
    std::optional<ShownTable> shown() const override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

Q_SIGNALS:
    void openWanted(kith::connection::ObjectRef entity); ///< On the page where it is at home.

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildTable();
    void join();
    void buildActions();
    void readMounts();
    void fillMounts(const std::vector<connection::MountRow> &mounts);
    void ask();
    void setMount(const QString &accessor);
    void chose();
    void tellChosen(const QModelIndex &first, const QModelIndex &last);
    void countOrphans();
    void updateState();
    void showCount();
    void showWhyEmpty();
    void removeChosen();

    connection::Connection &m_connection;
    Editor &m_editor;
    items::AliasTableModel m_model;
    ColumnsTable *m_table;
    FilterField *m_filter;
    SegmentedControl *m_kinds;
    QComboBox *m_mounts;
    QLabel *m_count;
    EmptyState *m_empty;
    QPushButton *m_removeButton;
    QAction *m_open = nullptr;
    QAction *m_remove = nullptr;
    QTimer m_changing;     // changes that come together are asked about together
    int m_asking = 0;      // questions about them that are under way
    bool m_failed = false; ///< Nothing answers what was asked last.
    bool m_untold = false; ///< One is chosen whose values aren't here yet.
};

} // namespace kith::views
