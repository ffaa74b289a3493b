// SPDX-License-Identifier: Apache-2.0
// bench_window FILE [PART …]: what somebody waits for in the window on a generated core, beside the plain ways to the
// same rows: a query of SQLite, a QSortFilterProxyModel. Works on a copy, to which it adds a group of half of all
// people and one with a tenth of all groups in it. Prints a table for the README. Parts: typing, finding, sorting,
// jumping, selecting, grouping, changing, opening, visiting, asking; none: all of them.
#include "connection/Async.h"
#include "connection/LetGo.h"
#include "connection/LocalConnection.h"
#include "identity/Identities.h"
#include "identity/SearchIndex.h"
#include "items/IdTableModel.h"
#include "items/Roles.h"
#include "views/Editor.h"
#include "views/GroupTree.h"
#include "views/Look.h"
#include "views/MainWindow.h"
#include "views/Navigator.h"
#include "views/PeopleTable.h"
#include "views/WindowActions.h"

#include <QAbstractEventDispatcher>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStringListModel>
#include <QTemporaryDir>
#include <QTimer>

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace kith::bench {

namespace {

using connection::ObjectRef;
using views::Page;

constexpr int Longest = 120'000; ///< Milliseconds that anything may take here.

/// What this thread has used of the processor, in milliseconds: unlike the clock it doesn't count other programs.
double threadTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// The longest turn of this thread's event loop, by the processor's time.
class TurnMeter : public QObject
{
public:
    TurnMeter()
    {
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, this, [this] {
            const double now = threadTime();
            m_longest = std::max(m_longest, now - m_since);
            m_since = now;
        });
        restart();
    }
    void restart()
    {
        m_longest = 0;
        m_since = threadTime();
    }
    double longest() const { return m_longest; }

private:
    double m_since = 0;
    double m_longest = 0;
};

/// Milliseconds, of several tries of the same.
class Samples
{
public:
    void add(double sample) { m_samples.push_back(sample); }
    double median() { return at(0.5); }
    double at(double share)
    {
        if (m_samples.empty())
            return 0;
        std::sort(m_samples.begin(), m_samples.end());
        const auto index = static_cast<std::size_t>(share * static_cast<double>(m_samples.size()));
        return m_samples[std::min(index, m_samples.size() - 1)];
    }

private:
    std::vector<double> m_samples;
};

template <class Done>
void waitFor(const char *what, Done done)
{
    QElapsedTimer waited;
    waited.start();
    QTimer heart; // an event at least now and then
    heart.start(1000);
    while (!done()) {
        if (waited.elapsed() > Longest)
            qFatal("%s takes too long", what);
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
}

template <class Work>
double timed(Work work)
{
    QElapsedTimer clock;
    clock.start();
    work();
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

class WindowBench
{
public:
    WindowBench(QString file, QStringList parts) : m_file(std::move(file)), m_parts(std::move(parts)) {}
    void run();

private:
    struct Line {
        QString what;
        Samples samples;
        double wanted = 0;  ///< Milliseconds.
        double share = 0.5; ///< Which of the samples counts.
        double turn = 0;    ///< The longest meanwhile.
        QString plainWay;
        double plain = 0;
    };

    bool wants(const char *part) const { return m_parts.isEmpty() || m_parts.contains(QString::fromLatin1(part)); }
    void addGroups();
    void openWindow();
    void closeWindow();
    void firstRows(const char *what, QAbstractItemView &view);
    void settle(const char *what, QAbstractItemView &view);
    void print(Line line) const;

    void opening();
    void typing();
    void finding();
    void sorting();
    void jumping();
    void selecting();
    void asking();
    void askOfAll();
    void askOfMembers();
    void selectAll(const char *table);
    void step(const QString &what, const std::function<void()> &begin, const std::function<bool()> &isDone);
    void copying(const QString &what, QAction *action);
    void changingUntilAsked(const QString &what, QAction *action);
    void inDialog(const QString &what, QAction *action, const char *name,
                  const std::function<bool(QDialog &)> &isReady);
    void visiting();
    void grouping();
    void changing();
    void plainQueries();
    void plainProxy();
    void printMemory(const char *when) const;

    QString m_file;
    QStringList m_parts;
    GroupId m_big;
    GroupId m_wide;
    GroupId m_small;
    std::unique_ptr<connection::LocalConnection> m_connection;
    std::unique_ptr<views::MainWindow> m_window;
    std::unique_ptr<TurnMeter> m_turns;
    std::vector<Line> m_lines;
};

void WindowBench::addGroups()
{
    SQLite::Database database(m_file.toStdString(), SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(database);
    const auto make = [&](const char *name) {
        SQLite::Statement insert(database, "INSERT INTO identity_group (uuid, namespace, name, name_key, created, "
                                           "updated) VALUES (?1, 1, ?2, ?2, 0, 0)");
        insert.bind(1,
                    std::string("00000000-0000-4000-8000-") + std::string(12 - std::string(name).size(), '0') + name);
        insert.bind(2, std::string("0 ") + name);
        insert.exec();
        return GroupId{database.getLastInsertRowid()};
    };
    m_big = make("b16");
    m_wide = make("a1de");
    m_small = make("5a11");
    database.exec("INSERT INTO member_entity (grp, entity) SELECT " + std::to_string(m_big.value) +
                  ", id FROM entity WHERE id % 2 = 0");
    database.exec("INSERT INTO member_group (parent, child) SELECT " + std::to_string(m_wide.value) +
                  ", id FROM identity_group WHERE id % 10 = 3 AND id < " + std::to_string(m_big.value));
    transaction.commit();
}

void WindowBench::openWindow()
{
    connection::LocalOptions options;
    options.file = m_file;
    connection::whenReady(connection::LocalConnection::open(options), qApp, [this](auto opened) {
        if (!opened)
            qFatal("%s", opened.error().wire.c_str());
        m_connection = std::move(*opened);
        m_window = std::make_unique<views::MainWindow>(*m_connection);
        m_window->resize(1280, 800);
        m_window->show();
    });
    waitFor("opening", [this] { return m_window != nullptr; });
    firstRows("the first rows", *m_window->findChild<QAbstractItemView *>(QStringLiteral("entityTable")));
}

void WindowBench::closeWindow()
{
    m_window.reset();
    m_connection.reset();
}

/// What can be seen of the view has its values.
bool valuesThere(const QAbstractItemView &view)
{
    const int middle = view.viewport()->height() / 2;
    for (const int y : {2, middle, view.viewport()->height() - 2}) {
        const QModelIndex index = view.indexAt({40, y});
        if (index.isValid() && index.siblingAtColumn(0).data(items::LoadingRole).toBool())
            return false;
    }
    return true;
}

/// Waits until what is seen of the view answers what was asked last, and paints it. More rows may be on their way.
void WindowBench::firstRows(const char *what, QAbstractItemView &view)
{
    const auto &model = *qobject_cast<items::IdTableModel *>(view.model());
    waitFor(what, [&] { return model.hasFirstRows() && valuesThere(view); });
    view.viewport()->repaint();
}

/// Waits until the view's rows are there, and paints them.
void WindowBench::settle(const char *what, QAbstractItemView &view)
{
    waitFor(what, [&] { return m_window->isReady() && valuesThere(view); });
    view.viewport()->repaint();
}

void WindowBench::print(Line line) const
{
    const double ours = line.samples.at(line.share);
    std::printf("| %s | %.1f ms | %s | %.1f ms |", qUtf8Printable(line.what), ours,
                line.wanted > 0 ? qUtf8Printable(QString::number(line.wanted) + QStringLiteral(" ms")) : "", line.turn);
    if (line.plain > 0)
        std::printf(" %s: 1/%.1f of it", qUtf8Printable(line.plainWay), line.plain / line.samples.median());
    std::printf(" |\n");
    std::fflush(stdout);
}

void WindowBench::opening()
{
    Line line{QStringLiteral("open the file, to the first rows"), {}, 1000, 0.5, 0, {}, 0};
    for (int i = 0; i < 5; ++i) {
        closeWindow();
        m_turns->restart();
        line.samples.add(timed([this] { openWindow(); }));
        settle("all rows", *m_window->findChild<QAbstractItemView *>(QStringLiteral("entityTable")));
        line.turn = std::max(line.turn, m_turns->longest());
    }
    m_lines.push_back(std::move(line));
}

void WindowBench::typing()
{
    auto &table = *m_window->findChild<QAbstractItemView *>(QStringLiteral("entityTable"));
    auto &filter = *m_window->findChild<QLineEdit *>(QStringLiteral("entityFilter"));
    Line first{QStringLiteral("a key in the filter, to the rows (95th percentile)"), {}, 50, 0.95, 0, {}, 0};
    Line all{QStringLiteral("a key in the filter, to the number of all (95th percentile)"), {}, 0, 0.95, 0, {}, 0};
    m_turns->restart();
    for (const char *word : {"müller", "anna b", "kovács", "wellington", "example.org", "zzzz", "1234", "e", "a"}) {
        const QString whole = QString::fromUtf8(word);
        for (int length = 1; length <= whole.size(); ++length) {
            const double early = timed([&] {
                filter.setText(whole.left(length));
                firstRows("a filter", table);
            });
            first.samples.add(early);
            all.samples.add(early + timed([&] { settle("a filter", table); }));
        }
        filter.clear();
        settle("no filter", table);
    }
    first.turn = all.turn = m_turns->longest();
    m_lines.push_back(std::move(first));
    m_lines.push_back(std::move(all));
}

void WindowBench::finding()
{
    Line line{QStringLiteral("a key in Find, to the hits (95th percentile)"), {}, 0, 0.95, 0, {}, 0};
    m_turns->restart();
    for (const char *word : {"müller", "anna b", "wellington", "example.org", "zzzz", "1234", "e"}) {
        const QString whole = QString::fromUtf8(word);
        for (int length = 1; length <= whole.size(); ++length)
            line.samples.add(timed([&] {
                bool there = false;
                connection::whenReady(m_connection->directory().find(whole.left(length), 50), qApp,
                                      [&](const auto &) { there = true; });
                waitFor("hits", [&] { return there; });
            }));
    }
    line.turn = m_turns->longest();
    m_lines.push_back(std::move(line));
}

void WindowBench::sorting()
{
    auto &table = *m_window->findChild<views::PeopleTable *>(QStringLiteral("entityTable"));
    Line line{QStringLiteral("sort by a column, any (the slowest)"), {}, 300, 1.0, 0, {}, 0};
    m_turns->restart();
    for (int round = 0; round < 4; ++round)
        for (int column = 0; column < table.model()->columnCount(); ++column)
            line.samples.add(timed([&] {
                table.sortByColumn(column, round % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
                settle("sorting", table);
            }));
    table.sortByColumn(0, Qt::AscendingOrder);
    settle("sorting", table);
    line.turn = m_turns->longest();
    m_lines.push_back(std::move(line));
}

void WindowBench::jumping()
{
    auto &table = *m_window->findChild<QAbstractItemView *>(QStringLiteral("entityTable"));
    QScrollBar &bar = *table.verticalScrollBar();
    Line line{QStringLiteral("a jump of the scroll bar, to the values (95th percentile)"), {}, 30, 0.95, 0, {}, 0};
    m_turns->restart();
    for (int i = 1; i <= 200; ++i)
        line.samples.add(timed([&] {
            bar.setValue(static_cast<int>(static_cast<qint64>(bar.maximum()) * ((i * 61) % 199) / 199));
            settle("a jump", table);
        }));
    line.turn = m_turns->longest();
    m_lines.push_back(std::move(line));
}

void WindowBench::selecting()
{
    m_window->navigator().showPage(Page::Entities);
    auto &table = *m_window->findChild<QAbstractItemView *>(QStringLiteral("entityTable"));
    settle("the entities", table);
    Line line{QStringLiteral("select all, to what they have in common"), {}, 0, 0.5, 0, {}, 0};
    m_turns->restart();
    for (int i = 0; i < 5; ++i) {
        line.samples.add(timed([&] {
            QTimer::singleShot(0, &table, &QAbstractItemView::selectAll);
            waitFor("a selection", [&] { return table.selectionModel()->hasSelection(); });
            settle("all of them", table);
        }));
        QTimer::singleShot(0, &table, &QAbstractItemView::clearSelection);
        waitFor("no selection", [&] { return !table.selectionModel()->hasSelection(); });
        settle("none of them", table);
    }
    line.turn = m_turns->longest();
    m_lines.push_back(std::move(line));
}

/// Three times, from the trigger to its end.
void WindowBench::step(const QString &what, const std::function<void()> &begin, const std::function<bool()> &isDone)
{
    Line line{what, {}, 0, 0.5, 0, {}, 0};
    Samples turns;
    for (int i = 0; i < 3; ++i) {
        m_turns->restart();
        line.samples.add(timed([&] {
            bool begun = false;
            QTimer::singleShot(0, m_window.get(), [&] {
                begin();
                begun = true;
            });
            waitFor(qUtf8Printable(what), [&] { return begun && isDone(); });
        }));
        waitFor("its end", [this] {
            return !m_window->editor().isBusy() && m_window->isReady() && !m_window->findChild<QDialog *>();
        });
        turns.add(m_turns->longest());
    }
    line.turn = turns.median();
    m_lines.push_back(std::move(line));
}

void WindowBench::selectAll(const char *name)
{
    auto &table = *m_window->findChild<QAbstractItemView *>(QString::fromLatin1(name));
    settle("rows", table);
    table.setFocus();
    table.selectAll();
    settle("all of them", table);
}

void WindowBench::copying(const QString &what, QAction *action)
{
    bool there = false;
    const auto filled = QObject::connect(qApp->clipboard(), &QClipboard::dataChanged, qApp, [&] { there = true; });
    step(
        what,
        [&, action] {
            there = false;
            action->trigger();
        },
        [&] { return there; });
    QObject::disconnect(filled);
}

/// To the question whether it is really meant; the answer is no.
void WindowBench::changingUntilAsked(const QString &what, QAction *action)
{
    bool asked = false;
    m_window->editor().setConfirm([&](const QString &, const std::function<void(bool)> &answer) {
        asked = true;
        answer(false);
    });
    step(
        what,
        [&, action] {
            asked = false;
            action->trigger();
        },
        [&] { return asked; });
    m_window->editor().setConfirm({});
}

void WindowBench::inDialog(const QString &what, QAction *action, const char *name,
                           const std::function<bool(QDialog &)> &isReady)
{
    const auto dialog = [&] { return m_window->findChild<QDialog *>(QString::fromLatin1(name)); };
    step(
        what, [action] { action->trigger(); },
        [&] {
            QDialog *there = dialog();
            if (!there || !isReady(*there))
                return false;
            QTimer::singleShot(0, there, &QDialog::reject);
            return true;
        });
}

/// What somebody asks for who has selected very many.
void WindowBench::asking()
{
    m_window->navigator().showPage(Page::Entities);
    selectAll("entityTable");
    askOfAll();
    ObjectRef big; // deleted and brought back it is another row
    connection::whenReady(m_connection->directory().byUuid(QStringLiteral("00000000-0000-4000-8000-000000000b16")),
                          qApp, [&](const auto &found) { big = found && *found ? **found : ObjectRef(); });
    waitFor("the group", [&] { return static_cast<bool>(big); });
    m_window->navigator().showPage(Page::Groups);
    m_window->navigator().open(big);
    waitFor("all members", [this] {
        return m_window->findChild<QAbstractItemView *>(QStringLiteral("memberTable"))->model()->rowCount() > 400'000;
    });
    selectAll("memberTable");
    askOfMembers();
}

void WindowBench::askOfAll()
{
    views::WindowActions &actions = m_window->actions();
    copying(QStringLiteral("copy a million people, to the clipboard"), actions.copy);
    copying(QStringLiteral("copy their ids, to the clipboard"), actions.copyId);
    inDialog(QStringLiteral("change a million people, to the preview"), actions.changeSeveral, "bulkDialog",
             [](QDialog &dialog) {
                 auto &groups = *dialog.findChild<QComboBox *>(QStringLiteral("bulkGroup"));
                 auto &what = *dialog.findChild<QComboBox *>(QStringLiteral("bulkWhat"));
                 if (groups.count() == 0)
                     return false;
                 what.setCurrentIndex(4); // out of a group
                 return dialog.findChild<QPushButton *>(QStringLiteral("bulkGo"))->isEnabled();
             });
    inDialog(QStringLiteral("add a million people to a group, to the preview"), actions.addToGroup, "addToGroupDialog",
             [](QDialog &dialog) {
                 auto &name = *dialog.findChild<QLineEdit *>();
                 if (name.text().isEmpty())
                     name.setText(QStringLiteral("0 5a11"));
                 return dialog.findChild<QPushButton *>(QStringLiteral("changeGo"))->isEnabled();
             });
    changingUntilAsked(QStringLiteral("disable a million people, to the question"), actions.disable);
    changingUntilAsked(QStringLiteral("delete a million people, to the question"), actions.remove);
    std::shared_ptr<core::Progress> begun;
    const auto watching = QObject::connect(&m_window->editor(), &views::Editor::begun, qApp,
                                           [&](const QString &, const auto &progress) { begun = progress; });
    step(
        QStringLiteral("delete a million people, until it is stopped"),
        [&] {
            begun.reset();
            actions.remove->trigger();
        },
        [&] {
            if (!begun || begun->done == 0)
                return false;
            begun->cancelled = true;
            return true;
        });
    QObject::disconnect(watching);
}

void WindowBench::askOfMembers()
{
    views::WindowActions &actions = m_window->actions();
    copying(QStringLiteral("cut 500,000 members, to the clipboard"), actions.cut);
    changingUntilAsked(QStringLiteral("take 500,000 out of their group, to the question"), actions.takeOut);
    inDialog(QStringLiteral("move 500,000 members, to the dialog"), actions.moveToGroup, "addToGroupDialog",
             [](QDialog &dialog) { return dialog.isVisible(); });
}

/// Pages are made when somebody comes to them.
void WindowBench::visiting()
{
    Line line{
        QStringLiteral("come to another page for the first time, to its rows (the slowest)"), {}, 0, 1.0, 0, {}, 0};
    for (int i = 0; i < 3; ++i) {
        closeWindow();
        openWindow();
        settle("all rows", *m_window->findChild<QAbstractItemView *>(QStringLiteral("entityTable")));
        waitFor("the index", [this] { return m_connection->core().identities().index().ready(); });
        m_turns->restart();
        for (const Page page : {Page::Groups, Page::Aliases, Page::Policies, Page::Mounts})
            line.samples.add(timed([&] {
                QTimer::singleShot(0, m_window.get(), [&] { m_window->navigator().showPage(page); });
                waitFor("a page", [&] { return m_window->navigator().place().page == page && m_window->isReady(); });
            }));
        line.turn = std::max(line.turn, m_turns->longest());
    }
    m_lines.push_back(std::move(line));
}

void WindowBench::grouping()
{
    m_window->navigator().showPage(Page::Groups);
    auto &tree = *m_window->findChild<views::GroupTree *>(QStringLiteral("groupTree"));
    auto &members = *m_window->findChild<QAbstractItemView *>(QStringLiteral("memberTable"));
    settle("the groups", tree);
    const auto indexOf = [&](GroupId group) {
        for (int row = 0; row < tree.model()->rowCount(); ++row) {
            const QModelIndex index = tree.model()->index(row, 0);
            if (index.data(items::ObjectRole).value<ObjectRef>().group() == group)
                return QPersistentModelIndex(index);
        }
        qFatal("a group is missing");
    };
    Line expand{QStringLiteral("open a group of 10,000 subgroups, to the first rows"), {}, 100, 0.5, 0, {}, 0};
    Line choose{QStringLiteral("choose a group of 500,000 members, to the first rows"), {}, 100, 0.5, 0, {}, 0};
    const auto wide = indexOf(m_wide);
    for (int i = 0; i < 5; ++i) {
        m_turns->restart();
        expand.samples.add(timed([&] {
            tree.expand(wide);
            waitFor("subgroups", [&] {
                const QModelIndex first = tree.model()->index(0, 0, wide);
                return first.isValid() && !first.data(items::LoadingRole).toBool();
            });
            settle("subgroups", tree);
        }));
        expand.turn = std::max(expand.turn, m_turns->longest());
        tree.collapse(wide);

        m_window->navigator().open(ObjectRef::of(m_small));
        settle("a small group", members);
        m_turns->restart();
        choose.samples.add(timed([&] {
            m_window->navigator().open(ObjectRef::of(m_big));
            waitFor("members", [&] { return members.model()->rowCount() > 0; });
            firstRows("members", members);
        }));
        waitFor("all members", [&] { return members.model()->rowCount() > 400'000; });
        settle("its inspector", members);
        choose.turn = std::max(choose.turn, m_turns->longest());
    }
    m_lines.push_back(std::move(expand));
    m_lines.push_back(std::move(choose));
}

void WindowBench::changing()
{
    views::Editor &editor = m_window->editor();
    std::vector<EntityId> people;
    for (qint64 id = 2; people.size() < 100'000; id += 2)
        people.push_back(EntityId{id});
    const auto step = [&](const QString &what, const std::function<void()> &begin) {
        Line line{what, {}, 0, 0.5, 0, {}, 0};
        m_turns->restart();
        line.samples.add(timed([&] {
            begin();
            waitFor("a change", [&] { return !editor.isBusy() && m_window->isReady(); });
        }));
        line.turn = m_turns->longest();
        m_lines.push_back(std::move(line));
    };
    step(QStringLiteral("move 100,000 people to another group"),
         [&] { editor.moveMembers(m_big, m_small, people, {}); });
    step(QStringLiteral("take that back"), [&] { editor.undo(); });
    step(QStringLiteral("delete a group of 500,000 members"), [&] { editor.remove({ObjectRef::of(m_big)}); });
    step(QStringLiteral("take that back"), [&] { editor.undo(); });
}

void WindowBench::plainQueries()
{
    SQLite::Database database(m_file.toStdString(), SQLite::OPEN_READONLY);
    const auto all = [&](const char *sql, const std::string &word) {
        SQLite::Statement query(database, sql);
        if (!word.empty())
            query.bind(1, "%" + word + "%");
        qint64 last = 0;
        while (query.executeStep())
            last = query.getColumn(0).getInt64();
        return last;
    };
    Samples like;
    for (const char *word : {"müller", "anna b", "zzzz", "12", "a"})
        like.add(timed(
            [&] { all("SELECT id FROM entity WHERE name_key LIKE ?1 OR metadata LIKE ?1 ORDER BY name_key", word); }));
    m_lines[0].plainWay = QStringLiteral("LIKE and ORDER BY in SQLite");
    m_lines[0].plain = like.median();
    Samples sort;
    for (const char *sql :
         {"SELECT id FROM entity ORDER BY updated, name_key",
          "SELECT e.id FROM entity e ORDER BY (SELECT count(*) FROM member_entity WHERE entity = e.id)"})
        sort.add(timed([&] { all(sql, {}); }));
    m_lines[3].plainWay = QStringLiteral("ORDER BY in SQLite");
    m_lines[3].plain = sort.median();
    Samples jump;
    for (int i = 1; i <= 7; ++i)
        jump.add(timed([&] {
            all(("SELECT id, name, metadata FROM entity ORDER BY name_key LIMIT 50 OFFSET " +
                 std::to_string(i * 140'000))
                    .c_str(),
                {});
        }));
    m_lines[4].plainWay = QStringLiteral("LIMIT and OFFSET in SQLite");
    m_lines[4].plain = jump.median();
}

void WindowBench::plainProxy()
{
    QStringList names;
    SQLite::Database database(m_file.toStdString(), SQLite::OPEN_READONLY);
    SQLite::Statement query(database, "SELECT name FROM entity");
    while (query.executeStep())
        names.push_back(QString::fromStdString(query.getColumn(0).getString()));
    QStringListModel model(names);
    QSortFilterProxyModel proxy;
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    proxy.setSourceModel(&model);
    Samples filter;
    for (const char *word : {"müller", "anna b", "zzzz"})
        filter.add(timed([&] { proxy.setFilterFixedString(QString::fromUtf8(word)); }));
    proxy.setFilterFixedString({});
    const double sort = timed([&] { proxy.sort(0); });
    std::printf(
        "\nA QSortFilterProxyModel over the names alone: filter %.0f ms (ours 1/%.1f of it), sort %.0f ms (ours "
        "1/%.1f of it), each in one turn of the event loop.\n",
        filter.median(), filter.median() / m_lines[0].samples.median(), sort, sort / m_lines[3].samples.median());
}

void WindowBench::printMemory(const char *when) const
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("RssAnon:"))
            std::printf("Anonymous memory after %s: %lld MB (wanted: 600 MB).\n", when,
                        line.mid(8).trimmed().split(' ').first().toLongLong() / 1024);
}

void WindowBench::run()
{
    m_turns = std::make_unique<TurnMeter>();
    addGroups();
    openWindow();
    // The search's index is made in the background; what follows is about the time after it.
    waitFor("the index", [this] { return m_connection->core().identities().index().ready(); });
    const std::vector<std::pair<const char *, void (WindowBench::*)()>> parts{
        {"typing", &WindowBench::typing},       {"finding", &WindowBench::finding},
        {"sorting", &WindowBench::sorting},     {"jumping", &WindowBench::jumping},
        {"selecting", &WindowBench::selecting}, {"grouping", &WindowBench::grouping},
        {"changing", &WindowBench::changing},   {"opening", &WindowBench::opening},
        {"visiting", &WindowBench::visiting},   {"asking", &WindowBench::asking},
    };
    for (const auto &[name, part] : parts) {
        if (!wants(name))
            continue;
        (this->*part)();
        printMemory(name);
    }
    closeWindow();
    if (m_parts.isEmpty())
        plainQueries();
    std::printf("\n| what | median | wanted | longest turn, CPU | beside |\n| --- | ---: | ---: | ---: | --- |\n");
    for (const Line &line : m_lines)
        print(line);
    if (m_parts.isEmpty())
        plainProxy();
}

} // namespace

} // namespace kith::bench

int main(int argc, char **argv)
{
    kith::connection::freeInSmallSteps(); // as the program does
    QApplication application(argc, argv);
    kith::views::findOtherFonts(QApplication::font()); // as the program does
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_window FILE [PART ...]\n");
        return 2;
    }
    const QTemporaryDir folder;
    qputenv("XDG_STATE_HOME", folder.path().toUtf8()); // no layout of somebody's own
    const QString copy = folder.filePath(QStringLiteral("core.kith"));
    if (!QFile::copy(QString::fromLocal8Bit(argv[1]), copy)) {
        std::fprintf(stderr, "%s can't be copied to %s\n", argv[1], qUtf8Printable(folder.path()));
        return 1;
    }
    kith::bench::WindowBench(copy, QApplication::arguments().mid(2)).run();
    return 0;
}
