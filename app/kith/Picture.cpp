// SPDX-License-Identifier: Apache-2.0
#include "Picture.h"

#include "connection/Async.h"
#include "views/ErrorText.h"
#include "views/Navigator.h"

#include <QPixmap>

#include <algorithm>
#include <chrono>

using namespace kith;
using connection::ObjectKind;
using connection::ObjectRef;

namespace {
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

Picture::Picture(const Options &options, connection::Connection &connection, views::MainWindow &window)
    : m_options(options), m_connection(connection), m_window(window)
{
    m_look.setInterval(LookEvery);
    connect(&m_look, &QTimer::timeout, this, &Picture::look);
}

void Picture::start()
{
    m_waited.start();
    m_look.start(); // The window finds its own first page, then it is led to another.
}

void Picture::find(qsizetype index)
{
    if (views::pageOf(m_options.page) == views::Page::Policies) {
        m_window.navigator().openPolicy(m_options.select.value(0));
        m_look.start();
        return;
    }
    if (index == m_options.select.size()) {
        go();
        return;
    }
    const QString name = m_options.select.at(index);
    connection::whenReady(m_connection.directory().find(name, Candidates), this, [this, index, name](const auto &hits) {
        if (!hits) {
            Q_EMIT failed(views::errorText(hits.error()));
            return;
        }
        const ObjectRef object = named(*hits, name);
        if (!object) {
            Q_EMIT failed(QStringLiteral("Nothing is called “%1”.").arg(name));
            return;
        }
        m_selected.push_back(object);
        find(index + 1);
    });
}

void Picture::go()
{
    views::Place place = m_window.navigator().place();
    if (const auto page = views::pageOf(m_options.page))
        place.page = *page;
    else if (!m_selected.empty())
        place.page = m_selected.front().kind == ObjectKind::Group ? views::Page::Groups : views::Page::Entities;
    for (const ObjectRef &object : m_selected) {
        if (object.kind == ObjectKind::Group)
            place.group = object.group();
        place.object = object;
    }
    if (!m_selected.empty() || !m_options.page.isEmpty())
        m_window.navigator().go(place);
    m_look.start();
}

void Picture::look()
{
    if (std::chrono::milliseconds(m_waited.elapsed()) > Patience) {
        m_look.stop();
        Q_EMIT failed(QStringLiteral("The window was not ready after a minute."));
        return;
    }
    // A few times: what was asked for because of the first answers is there too.
    m_readyTimes = m_window.isReady() ? m_readyTimes + 1 : 0;
    if (m_readyTimes < 3)
        return;
    m_look.stop();
    m_readyTimes = 0;
    if (!m_led) {
        m_led = true;
        find(0);
    } else if (m_window.grab().save(m_options.picture, "PNG")) {
        Q_EMIT drawn();
    } else {
        Q_EMIT failed(QStringLiteral("%1 could not be written.").arg(m_options.picture));
    }
}
