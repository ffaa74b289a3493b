// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Directory.h"

#include <QObject>
#include <QTimer>

namespace kith::views {

/// Asks what a change would do while somebody hesitates over it: waits until it stays the same for a moment, and drops
/// answers to what was hovered over before.
class PreviewAsker : public QObject
{
    Q_OBJECT
public:
    explicit PreviewAsker(connection::Directory &directory, QObject *parent = nullptr);

    /// answered() or failed() follows, unless something else is asked before.
    void ask(const connection::Change &change);
    void stop();

Q_SIGNALS:
    void answered(const kith::connection::Preview &preview);
    void failed(const QString &text);

private:
    void send();

    connection::Directory &m_directory;
    connection::Change m_change;
    QTimer m_delay;
    quint64 m_generation = 0;
    QFuture<Result<connection::Preview>> m_asked;
};

} // namespace kith::views
