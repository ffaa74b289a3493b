// SPDX-License-Identifier: Apache-2.0
#include "items/MimeData.h"

#include "connection/LetGo.h"
#include "identity/Csv.h"

#include <QDataStream>
#include <QIODevice>

namespace kith::items {

using connection::ObjectRef;

namespace {

constexpr quint32 Magic = 0x4b495448; // "KITH"
constexpr quint16 Version = 2;

QString textType()
{
    return QStringLiteral("text/plain");
}

QString csvType()
{
    return QStringLiteral("text/csv");
}

/// Names and, where they are known, ids.
QByteArray csvOf(const CarriedObjects &objects)
{
    const bool known = !objects.uuids.empty();
    const auto line = [known](std::string name, const std::string &id) {
        std::vector<std::string> cells{std::move(name)};
        if (known)
            cells.push_back(id);
        return QByteArray::fromStdString(identity::csvLine(cells));
    };
    QByteArray all = line("name", "id");
    for (qsizetype i = 0; i < objects.names.size(); ++i)
        all += line(objects.names[i].toStdString(),
                    known ? objects.uuids[static_cast<std::size_t>(i)].toStdString() : std::string());
    return all;
}

void prepare(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_0);
}

template <class Id>
void write(QDataStream &stream, const std::vector<Id> &ids)
{
    stream << static_cast<quint32>(ids.size());
    for (const Id id : ids)
        stream << qint64{id.value};
}

template <class Id>
void read(QDataStream &stream, std::vector<Id> &ids)
{
    quint32 count = 0;
    stream >> count;
    for (quint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        qint64 id = 0;
        stream >> id;
        ids.push_back(Id{id});
    }
}

QByteArray bytesOf(const CarriedObjects &objects)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    prepare(stream);
    stream << Magic << Version << objects.core << qint64{objects.source.id.value} << objects.source.name
           << objects.source.external;
    write(stream, objects.people);
    write(stream, objects.groups);
    stream << objects.names << QStringList(objects.uuids.begin(), objects.uuids.end());
    return bytes;
}

std::shared_ptr<const CarriedObjects> objectsIn(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    prepare(stream);
    quint32 magic = 0;
    quint16 version = 0;
    stream >> magic >> version;
    if (magic != Magic || version != Version)
        return nullptr;
    auto result = std::make_shared<CarriedObjects>();
    qint64 source = 0;
    stream >> result->core >> source >> result->source.name >> result->source.external;
    result->source.id = GroupId{source};
    read(stream, result->people);
    read(stream, result->groups);
    QStringList uuids;
    stream >> result->names >> uuids;
    result->uuids.assign(uuids.begin(), uuids.end());
    const auto fits = [&](auto count) { return count == 0 || static_cast<std::size_t>(count) == result->size(); };
    const bool whole = stream.status() == QDataStream::Ok && stream.atEnd();
    return whole && fits(uuids.size()) && fits(result->names.size()) ? result : nullptr;
}

class CarriedData final : public QMimeData
{
public:
    explicit CarriedData(CarriedObjects objects) : m_objects(std::make_shared<const CarriedObjects>(std::move(objects)))
    {}
    ~CarriedData() override { connection::letGo(std::move(m_objects)); }
    CarriedData(const CarriedData &) = delete;
    CarriedData &operator=(const CarriedData &) = delete;

    const std::shared_ptr<const CarriedObjects> &objects() const { return m_objects; }

    QStringList formats() const override { return {objectsMimeType(), textType(), csvType()}; }
    bool hasFormat(const QString &type) const override { return formats().contains(type); }

protected:
    QVariant retrieveData(const QString &type, QMetaType preferred) const override
    {
        if (type == objectsMimeType())
            return bytesOf(*m_objects);
        if (type == textType())
            return m_objects->names.join(QLatin1Char('\n'));
        if (type == csvType())
            return csvOf(*m_objects);
        return QMimeData::retrieveData(type, preferred);
    }

private:
    std::shared_ptr<const CarriedObjects> m_objects;
};

} // namespace

std::vector<ObjectRef> CarriedObjects::refs() const
{
    std::vector<ObjectRef> result;
    result.reserve(size());
    for (const EntityId id : people)
        result.push_back(ObjectRef::of(id));
    for (const GroupId id : groups)
        result.push_back(ObjectRef::of(id));
    return result;
}

QString objectsMimeType()
{
    return QStringLiteral("application/x-kith-objects");
}

std::unique_ptr<QMimeData> pack(CarriedObjects objects)
{
    return std::make_unique<CarriedData>(std::move(objects));
}

std::shared_ptr<const CarriedObjects> unpackOwn(const QMimeData &data)
{
    const auto *own = dynamic_cast<const CarriedData *>(&data);
    return own ? own->objects() : nullptr;
}

std::shared_ptr<const CarriedObjects> unpack(const QMimeData &data)
{
    auto own = unpackOwn(data);
    return own ? own : objectsIn(data.data(objectsMimeType()));
}

} // namespace kith::items
