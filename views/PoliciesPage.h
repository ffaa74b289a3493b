// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ObjectsPage.h"
#include "PolicyDrafts.h"
#include "items/PolicyTableModel.h"

class QAction;
class QLabel;
class QSplitter;

namespace kith::views {

class ColumnsTable;
class Editor;
class EmptyState;
class FilterField;
class PolicyOverview;
class PolicyPane;
class SegmentedControl;

/// What does a right say, and who has it? All policies in a table; the chosen one beside it.
class PoliciesPage : public ObjectsPage
{
    Q_OBJECT
public:
    /// Both must outlive the page. `create`: makes a new policy; has a button on the page.
    PoliciesPage(connection::Connection &connection, Editor &editor, QAction *create, QWidget *parent = nullptr);
    ~PoliciesPage() override;

    void show(const Place &place) override;
    QString selectionText() const override;
    void focusFilter() override;
    void focusContent() override;
    bool isReady() const override;
    bool usesInspector() const override { return false; }
    ColumnsTable *table() override;
    std::optional<ShownTable> shown() const override;
    void save(QSettings &settings) const override;
    void restore(const QSettings &settings) override;

    void startNew();
    bool hasEdited() const; ///< Something was typed that isn't saved.
    PolicyDrafts giveDrafts();
    void takeDrafts(const PolicyDrafts &drafts);

Q_SIGNALS:
    void openWanted(kith::connection::ObjectRef object); ///< On the page where it is at home.

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildTable(QAction *create);
    void join();
    void showWanted();
    void chose();
    void updateState();

    items::PolicyTableModel m_model;
    ColumnsTable *m_table;
    FilterField *m_filter;
    SegmentedControl *m_kinds;
    QLabel *m_count;
    EmptyState *m_empty;
    PolicyOverview *m_overview;
    PolicyPane *m_pane;
    QSplitter *m_splitter;
    QString m_wanted;         ///< To be chosen as soon as the table holds it.
    bool m_following = false; ///< The selection changes, but not by hand.
    bool m_failed = false;
};

} // namespace kith::views
