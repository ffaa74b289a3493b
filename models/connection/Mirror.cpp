// SPDX-License-Identifier: Apache-2.0
#include "connection/Mirror.h"

#include "connection/MirrorReader.h"

#include <QThread>

namespace kith::connection {

struct Mirror::Room {
    QThread thread;
    MirrorReader *reader = nullptr; ///< In `thread`.
};

Mirror::Mirror(RemoteClient &client, MirrorStore &store, QObject *parent)
    : QObject(parent), m_room(std::make_unique<Room>())
{
    qRegisterMetaType<MirrorState>();
    m_room->reader = new MirrorReader(client, store);
    m_room->reader->moveToThread(&m_room->thread);
    m_room->thread.setObjectName(QStringLiteral("mirror"));
    connect(&m_room->thread, &QThread::finished, m_room->reader, &QObject::deleteLater);
    connect(m_room->reader, &MirrorReader::stateChanged, this, [this](const MirrorState &state) {
        m_state = state;
        Q_EMIT stateChanged();
    });
    connect(m_room->reader, &MirrorReader::firstPage, this, &Mirror::firstPage);
    connect(m_room->reader, &MirrorReader::refused, this, &Mirror::refused);
    m_room->thread.start();
}

Mirror::~Mirror()
{
    m_room->thread.quit();
    m_room->thread.wait();
}

const MirrorState &Mirror::state() const
{
    return m_state;
}

void Mirror::start()
{
    refresh();
}

void Mirror::refresh()
{
    QMetaObject::invokeMethod(m_room->reader, &MirrorReader::refresh);
}

void Mirror::stop()
{
    QMetaObject::invokeMethod(m_room->reader, &MirrorReader::stop);
}

void Mirror::setInterval(int seconds)
{
    QMetaObject::invokeMethod(m_room->reader, [reader = m_room->reader, seconds] { reader->setInterval(seconds); });
}

void Mirror::want(const QStringList &entityUuids, const QStringList &groupUuids)
{
    QMetaObject::invokeMethod(
        m_room->reader, [reader = m_room->reader, entityUuids, groupUuids] { reader->want(entityUuids, groupUuids); });
}

} // namespace kith::connection
