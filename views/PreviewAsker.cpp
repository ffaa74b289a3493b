// SPDX-License-Identifier: Apache-2.0
#include "PreviewAsker.h"

#include "ErrorText.h"
#include "connection/Async.h"
#include "connection/LetGo.h"

#include <chrono>
#include <utility>

namespace kith::views {

PreviewAsker::PreviewAsker(connection::Directory &directory, QObject *parent) : QObject(parent), m_directory(directory)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(std::chrono::milliseconds(60));
    connect(&m_delay, &QTimer::timeout, this, &PreviewAsker::send);
}

void PreviewAsker::ask(const connection::Change &change)
{
    stop();
    m_change = change;
    m_delay.start();
}

void PreviewAsker::stop()
{
    ++m_generation;
    m_delay.stop();
    m_asked.cancel();
}

void PreviewAsker::send()
{
    m_asked = m_directory.preview(std::exchange(m_change, {}));
    connection::whenReady(m_asked, this, [this, asked = m_generation](auto preview) {
        if (asked != m_generation)
            return;
        if (!preview) {
            Q_EMIT failed(errorText(preview.error()));
            return;
        }
        auto known = std::make_shared<connection::Preview>(std::move(*preview));
        Q_EMIT answered(*known);
        connection::letGo(std::move(known)); // it may name a million
    });
}

} // namespace kith::views
