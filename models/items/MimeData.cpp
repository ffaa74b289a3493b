// SPDX-License-Identifier: Apache-2.0
#include "items/MimeData.h"

#include <QDataStream>
#include <QIODevice>

namespace kith::items {

using connection::ObjectKind;

namespace {

constexpr quint32 Magic = 0x4b495448; // "KITH"
constexpr quint16 Version = 1;

void prepare(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_0);
}

} // namespace

std::vector<EntityId> CarriedObjects::people() const
{
    std::vector<EntityId> result;
    for (const CarriedObject &carried : objects) {
        if (carried.object.kind == ObjectKind::Entity)
            result.push_back(carried.object.entity());
    }
    return result;
}

std::vector<GroupId> CarriedObjects::groups() const
{
    std::vector<GroupId> result;
    for (const CarriedObject &carried : objects) {
        if (carried.object.kind == ObjectKind::Group)
            result.push_back(carried.object.group());
    }
    return result;
}

QString objectsMimeType()
{
    return QStringLiteral("application/x-kith-objects");
}

std::unique_ptr<QMimeData> pack(const CarriedObjects &objects)
{
    QByteArray bytes;
    QStringList names;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    prepare(stream);
    stream << Magic << Version << objects.core << qint64{objects.source.id.value} << objects.source.name
           << objects.source.external << objects.sourceUuid << static_cast<quint32>(objects.objects.size());
    for (const CarriedObject &carried : objects.objects) {
        stream << (carried.object.kind == ObjectKind::Group) << carried.object.id << carried.uuid << carried.name;
        if (!carried.name.isEmpty())
            names.append(carried.name);
    }
    auto data = std::make_unique<QMimeData>();
    data->setData(objectsMimeType(), bytes);
    data->setText(names.join(QLatin1Char('\n')));
    return data;
}

std::optional<CarriedObjects> unpack(const QMimeData &data)
{
    const QByteArray bytes = data.data(objectsMimeType());
    QDataStream stream(bytes);
    prepare(stream);
    quint32 magic = 0;
    quint16 version = 0;
    stream >> magic >> version;
    if (magic != Magic || version != Version)
        return std::nullopt;
    CarriedObjects result;
    qint64 source = 0;
    quint32 count = 0;
    stream >> result.core >> source >> result.source.name >> result.source.external >> result.sourceUuid >> count;
    result.source.id = GroupId{source};
    for (quint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        CarriedObject carried;
        bool isGroup = false;
        stream >> isGroup >> carried.object.id >> carried.uuid >> carried.name;
        carried.object.kind = isGroup ? ObjectKind::Group : ObjectKind::Entity;
        result.objects.push_back(std::move(carried));
    }
    if (stream.status() != QDataStream::Ok || !stream.atEnd())
        return std::nullopt;
    return result;
}

} // namespace kith::items
