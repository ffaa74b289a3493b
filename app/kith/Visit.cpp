// SPDX-License-Identifier: Apache-2.0
#include "Visit.h"

#include "connection/Async.h"
#include "views/ErrorText.h"
#include "views/Navigator.h"

#include <QCoreApplication>

#include <chrono>

using namespace kith;
using connection::ObjectKind;
using connection::ObjectRef;

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Visit)
};

constexpr std::chrono::milliseconds LookEvery(20);
constexpr std::chrono::seconds Patience(60);
constexpr int Candidates = 100;

/// The hit that is called just so; an alias counts as its owner.
ObjectRef named(const std::vector<connection::Hit> &hits, const QString &name)
{
    for (const connection::Hit &hit : hits)
        if (hit.object && hit.name.compare(name, Qt::CaseInsensitive) == 0)
            return hit.object;
    return {};
}

} // namespace

Visit::Visit(connection::Connection &connection, views::MainWindow &window, QString page, QStringList select)
    : QObject(&window), m_connection(connection), m_window(window), m_page(std::move(page)), m_select(std::move(select))
{
    m_look.setInterval(LookEvery);
    connect(&m_look, &QTimer::timeout, this, &Visit::look);
}

void Visit::start()
{
    m_waited.start();
    whenReady([this] { find(0); });
}

void Visit::find(qsizetype index)
{
    if (views::pageOf(m_page) == views::Page::Policies) {
        m_window.navigator().openPolicy(m_select.value(0));
        whenReady([this] { end({}); });
        return;
    }
    if (index == m_select.size()) {
        go();
        return;
    }
    const QString name = m_select.at(index);
    connection::whenReady(m_connection.directory().find(name, Candidates), this, [this, index, name](const auto &hits) {
        if (!hits) {
            end(views::errorText(hits.error()));
            return;
        }
        const ObjectRef object = named(*hits, name);
        if (!object) {
            end(Texts::tr("Nothing is called “%1”.").arg(name));
            return;
        }
        m_selected.push_back(object);
        find(index + 1);
    });
}

void Visit::go()
{
    views::Place place = m_window.navigator().place();
    if (const auto page = views::pageOf(m_page))
        place.page = *page;
    else if (!m_selected.empty())
        place.page = m_selected.front().kind == ObjectKind::Group ? views::Page::Groups : views::Page::Entities;
    for (const ObjectRef &object : m_selected) {
        if (object.kind == ObjectKind::Group)
            place.group = object.group();
        place.object = object;
    }
    if (!m_selected.empty() || !m_page.isEmpty())
        m_window.navigator().go(place);
    whenReady([this] { end({}); });
}

/// A few times in a row: what is asked for because of the first answers is there too.
void Visit::whenReady(std::function<void()> next)
{
    m_next = std::move(next);
    m_readyTimes = 0;
    m_look.start();
}

void Visit::look()
{
    if (std::chrono::milliseconds(m_waited.elapsed()) > Patience) {
        end(Texts::tr("The window was not ready after a minute."));
        return;
    }
    m_readyTimes = m_window.isReady() ? m_readyTimes + 1 : 0;
    if (m_readyTimes < 3)
        return;
    m_look.stop();
    std::exchange(m_next, {})();
}

void Visit::end(const QString &reason)
{
    m_look.stop();
    if (reason.isEmpty())
        Q_EMIT arrived();
    else
        Q_EMIT failed(reason);
    deleteLater();
}
