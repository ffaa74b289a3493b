// SPDX-License-Identifier: Apache-2.0
#include "audit/Devices.h"

#include "store/Json.h"

#include <algorithm>

namespace kith::audit {

namespace json = boost::json;

namespace {

std::string saltPlace(std::string_view path)
{
    return "audit/" + std::string(path) + "salt";
}

json::object toJson(const DeviceSettings &settings)
{
    json::object options;
    for (const auto &[name, value] : settings.options)
        options.emplace(name, value);
    return {{"type", settings.type},
            {"description", settings.description},
            {"local", settings.local},
            {"options", std::move(options)}};
}

DeviceSettings settingsFrom(std::string_view path, std::string_view text)
{
    const json::value value = json::parse(text);
    return {std::string(path), json::value_to<std::string>(value.at("type")),
            json::value_to<std::string>(value.at("description")), value.at("local").as_bool(),
            json::value_to<std::map<std::string, std::string>>(value.at("options"))};
}

/// The salt of a device; made when it is seen for the first time.
Result<store::SecretKey> saltOf(store::Store &store, const store::Seal &seal, const std::string &path)
{
    const auto stored = store.read([&](store::Session &session) -> Result<std::optional<std::string>> {
        auto rows = session.query("SELECT salt FROM audit_device WHERE path = ?", path);
        return rows.step() ? std::optional(std::string(rows.blob(0))) : std::nullopt;
    });
    if (!stored)
        return stored.error();
    if (*stored) {
        auto salt = seal.open(**stored, saltPlace(path));
        return salt ? Result<store::SecretKey>(store::SecretKey(*salt)) : salt.error();
    }
    const store::SecretKey salt = store::SecretKey::random();
    const auto written = store.write([&](store::WriteSession &session) -> Result<void> {
        session.run("INSERT INTO audit_device (path, salt) VALUES (?, ?)", path,
                    store::Blob{seal.seal(salt.bytes(), saltPlace(path))});
        return {};
    });
    return written ? Result<store::SecretKey>(salt) : written.error();
}

} // namespace

Devices::Devices(store::Store &store, store::Keyring &keyring, AuditOptions options)
    : m_store(store), m_keyring(keyring), m_options(std::move(options))
{}

bool Devices::isDeclared(std::string_view path) const
{
    return std::any_of(m_options.devices.begin(), m_options.devices.end(),
                       [&](const DeviceSettings &device) { return device.path == path; });
}

Result<std::shared_ptr<const Devices::List>> Devices::load(const std::shared_ptr<const store::Seal> &seal)
{
    auto stored = m_store.read([](store::Session &session) -> Result<std::vector<DeviceSettings>> {
        std::vector<DeviceSettings> found;
        auto rows = session.query("SELECT path, settings FROM audit_device WHERE settings IS NOT NULL ORDER BY path");
        while (rows.step())
            found.push_back(settingsFrom(rows.text(0), rows.text(1)));
        return found;
    });
    if (!stored)
        return stored.error();
    std::vector<DeviceSettings> all = m_options.devices;
    for (DeviceSettings &settings : *stored)
        if (!isDeclared(settings.path))
            all.push_back(std::move(settings));
    auto list = std::make_shared<List>();
    for (DeviceSettings &settings : all) {
        const auto salt = saltOf(m_store, *seal, settings.path);
        if (!salt)
            return salt.error();
        auto device = Device::make(std::move(settings), *salt);
        if (!device)
            return device.error();
        list->push_back(std::move(*device));
    }
    return std::shared_ptr<const List>(std::move(list));
}

Result<std::shared_ptr<const Devices::List>> Devices::current()
{
    const auto seal = m_keyring.seal();
    if (!seal)
        return std::make_shared<const List>();
    {
        const std::lock_guard lock(m_mutex);
        // A new term seals with another key, but the salts are what they were.
        if (m_list && (m_seal == seal || m_seal->digest("") == seal->digest(""))) {
            m_seal = seal;
            return m_list;
        }
    }
    const std::lock_guard changing(m_changing);
    auto list = load(seal);
    if (!list)
        return list;
    const std::lock_guard lock(m_mutex);
    m_list = *list;
    m_seal = seal;
    return list;
}

Result<bool> Devices::any()
{
    const auto list = current();
    if (!list)
        return list.error();
    return !(*list)->empty();
}

Result<void> Devices::write(const Record &record)
{
    const auto list = current();
    bool taken = list && (*list)->empty();
    if (list)
        for (const auto &device : **list)
            taken = device->write(record).has_value() || taken;
    return taken ? Result<void>() : Error{ErrorCode::Io, 500, "internal error", {}};
}

void Devices::forget()
{
    const std::lock_guard lock(m_mutex);
    m_list.reset();
}

void Devices::reopen()
{
    if (const auto list = current())
        for (const auto &device : **list)
            device->reopen();
}

Result<std::vector<std::shared_ptr<Device>>> Devices::list()
{
    const auto list = current();
    if (!list)
        return list.error();
    return **list;
}

Result<std::shared_ptr<Device>> Devices::find(std::string_view path)
{
    const auto list = current();
    if (!list)
        return list.error();
    for (const auto &device : **list)
        if (device->settings().path == path)
            return device;
    return std::shared_ptr<Device>();
}

Result<void> Devices::enable(DeviceSettings settings)
{
    if (m_options.byApi == AuditOptions::ByApi::Refused)
        return invalidRequest("cannot enable audit device via API; use declarative, config-based audit device "
                              "management instead");
    const auto known = current();
    if (!known)
        return known.error();
    const auto seal = m_keyring.unsealed();
    if (!seal)
        return seal.error();
    if (m_options.prefixes == AuditOptions::Prefixes::Refused && settings.options.contains("prefix"))
        return invalidRequest("audit log prefixing is not allowed");
    const store::SecretKey salt = store::SecretKey::random();
    const std::lock_guard changing(m_changing);
    std::shared_ptr<const List> list;
    {
        const std::lock_guard lock(m_mutex);
        list = m_list;
    }
    if (!list)
        list = *known;
    for (const auto &other : *list)
        if (settings.path.starts_with(other->settings().path) || other->settings().path.starts_with(settings.path))
            return invalidRequest("path already in use");
    auto device = Device::make(settings, salt);
    if (!device)
        return device.error();
    if (!(*device)->skipsTest())
        if (auto tested = (*device)->write(testRecord(m_store.clock().now())); !tested)
            return invalidRequest("audit backend failed test message: " + tested.error().wire);
    auto written = m_store.write([&](store::WriteSession &session) -> Result<void> {
        session.run("INSERT OR REPLACE INTO audit_device (path, salt, settings) VALUES (?, ?, ?)", settings.path,
                    store::Blob{(*seal)->seal(salt.bytes(), saltPlace(settings.path))},
                    store::toJson(toJson(settings)));
        return {};
    });
    if (!written)
        return written;
    auto longer = std::make_shared<List>(*list);
    longer->push_back(std::move(*device));
    const std::lock_guard lock(m_mutex);
    m_list = std::move(longer);
    return {};
}

Result<void> Devices::disable(const std::string &path)
{
    if (isDeclared(path))
        return invalidRequest("cannot disable configuration-managed audit device");
    if (const auto known = current(); !known)
        return known.error();
    const std::lock_guard changing(m_changing);
    auto written = m_store.write([&](store::WriteSession &session) -> Result<void> {
        session.run("DELETE FROM audit_device WHERE path = ?", path);
        return {};
    });
    if (!written)
        return written;
    const std::lock_guard lock(m_mutex);
    if (m_list) {
        auto shorter = std::make_shared<List>();
        std::copy_if(m_list->begin(), m_list->end(), std::back_inserter(*shorter),
                     [&](const auto &device) { return device->settings().path != path; });
        m_list = std::move(shorter);
    }
    return {};
}

} // namespace kith::audit
