// SPDX-License-Identifier: Apache-2.0
#include "core/VersionedKv.h"

#include "store/Json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>

namespace kith::core {

namespace json = boost::json;
using store::flagIn;
using store::numberIn;

namespace {

constexpr std::string_view ConfigPath = "config";
constexpr std::string_view KeyFolder = "key/";
constexpr std::int64_t DefaultMaxVersions = 10;

std::string keyPath(std::string_view path)
{
    return std::string(KeyFolder) + std::string(path);
}

/// A length is in front, since paths may hold anything.
std::string dataPath(std::string_view path, std::int64_t version)
{
    return "data/" + std::to_string(path.size()) + "/" + std::string(path) + "/" + std::to_string(version);
}

json::object toJson(const KvKey &key)
{
    json::array versions;
    for (const auto &[number, version] : key.versions)
        versions.push_back(json::object{{"number", number},
                                        {"created", version.created},
                                        {"deleted", version.deleted},
                                        {"destroyed", version.destroyed}});
    json::object out{{"versions", std::move(versions)},
                     {"current", key.current},
                     {"oldest", key.oldest},
                     {"metadata_version", key.metadataVersion},
                     {"max_versions", key.maxVersions},
                     {"delete_after", key.deleteAfter},
                     {"cas_required", key.casRequired},
                     {"metadata_cas_required", key.metadataCasRequired},
                     {"created", key.created},
                     {"updated", key.updated}};
    if (key.customMetadata)
        out["custom_metadata"] = *key.customMetadata;
    return out;
}

/// A number as Go writes a float64.
std::string goFloat(double number)
{
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    const std::string text(buffer.data(), end.ptr);
    const auto e = text.find('e');
    const int exponent = std::stoi(text.substr(e + 1));
    const double size = std::abs(number);
    if (size != 0 && (size < 1e-6 || size >= 1e21))
        return text.substr(0, e + 2) + std::to_string(std::abs(exponent));
    const std::string sign = text.front() == '-' ? "-" : "";
    std::string digits;
    std::copy_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(e), std::back_inserter(digits),
                 [](char c) { return c >= '0' && c <= '9'; });
    if (exponent < 0)
        return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        return sign + digits + std::string(whole - digits.size(), '0');
    return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

/// [Q] This engine keeps every number as a float64.
void keepAsFloats(json::value &value)
{
    if (json::object *members = value.if_object()) {
        for (auto &member : *members)
            keepAsFloats(member.value());
    } else if (json::array *items = value.if_array()) {
        for (json::value &item : *items)
            keepAsFloats(item);
    } else if (const auto text = store::keptNumber(value); text || value.is_number()) {
        const double number = std::strtod(text ? std::string(*text).c_str() : store::toJson(value).c_str(), nullptr);
        if (auto kept = store::fromJson(goFloat(number)))
            value = std::move(*kept);
    }
}

KvKey keyFrom(const json::object &object)
{
    KvKey key;
    if (const json::value *versions = object.if_contains("versions"); versions && versions->is_array()) {
        for (const json::value &item : versions->get_array()) {
            if (const json::object *version = item.if_object())
                key.versions[numberIn(*version, "number")] = {
                    numberIn(*version, "created"), numberIn(*version, "deleted"), flagIn(*version, "destroyed")};
        }
    }
    key.current = numberIn(object, "current");
    key.oldest = numberIn(object, "oldest");
    key.metadataVersion = numberIn(object, "metadata_version");
    key.maxVersions = numberIn(object, "max_versions");
    key.deleteAfter = numberIn(object, "delete_after");
    key.casRequired = flagIn(object, "cas_required");
    key.metadataCasRequired = flagIn(object, "metadata_cas_required");
    key.created = numberIn(object, "created");
    key.updated = numberIn(object, "updated");
    if (const json::value *custom = object.if_contains("custom_metadata"); custom && custom->is_object())
        key.customMetadata = custom->get_object();
    return key;
}

/// How long a new version lives: the shorter of what key and mount say. 0: for ever.
Nanoseconds lifeOf(const KvKey &key, const KvConfig &config)
{
    if (config.deleteAfter < 0)
        return 0;
    if (key.deleteAfter == 0 || config.deleteAfter == 0)
        return std::max(key.deleteAfter, config.deleteAfter);
    return std::min(key.deleteAfter, config.deleteAfter);
}

} // namespace

Result<KvConfig> VersionedKv::config() const
{
    const auto stored = m_secrets.find(ConfigPath);
    if (!stored)
        return stored.error();
    KvConfig config;
    if (const json::object *object = stored->if_object()) {
        config.maxVersions = numberIn(*object, "max_versions");
        config.deleteAfter = numberIn(*object, "delete_after");
        config.casRequired = flagIn(*object, "cas_required");
        config.metadataCasRequired = flagIn(*object, "metadata_cas_required");
    }
    return config;
}

void VersionedKv::saveConfig(const KvConfig &config) const
{
    m_secrets.put(ConfigPath, json::object{{"max_versions", config.maxVersions},
                                           {"delete_after", config.deleteAfter},
                                           {"cas_required", config.casRequired},
                                           {"metadata_cas_required", config.metadataCasRequired}});
}

Result<std::optional<KvKey>> VersionedKv::key(std::string_view path) const
{
    const auto stored = m_secrets.find(keyPath(path));
    if (!stored)
        return stored.error();
    const json::object *object = stored->if_object();
    return object ? std::optional(keyFrom(*object)) : std::nullopt;
}

void VersionedKv::saveKey(std::string_view path, const KvKey &key) const
{
    m_secrets.put(keyPath(path), toJson(key));
}

void VersionedKv::removeKey(std::string_view path) const
{
    m_secrets.entries().removeAll("data/" + std::to_string(path.size()) + "/" + std::string(path) + "/");
    m_secrets.entries().remove(keyPath(path));
}

std::vector<std::string> VersionedKv::list(std::string_view folder) const
{
    return m_secrets.entries().list(keyPath(folder));
}

std::vector<std::string> VersionedKv::paths(std::string_view folder) const
{
    const std::string prefix = keyPath(folder);
    std::vector<std::string> found = m_secrets.entries().paths(prefix);
    for (std::string &path : found)
        path.erase(0, prefix.size());
    return found;
}

Result<json::value> VersionedKv::data(std::string_view path, std::int64_t version) const
{
    return m_secrets.find(dataPath(path, version));
}

KvVersion VersionedKv::addVersion(std::string_view path, KvKey &key, const KvConfig &config, const json::value &data,
                                  Nanoseconds now) const
{
    KvVersion version;
    version.created = now;
    if (const Nanoseconds life = lifeOf(key, config))
        version.deleted = now + life;
    ++key.current;
    key.versions[key.current] = version;
    if (key.current == 1)
        key.created = now;
    key.updated = now;
    json::value kept = data;
    keepAsFloats(kept);
    m_secrets.put(dataPath(path, key.current), kept);
    const std::int64_t most = std::max(key.maxVersions, config.maxVersions);
    dropOldVersions(path, key, most > 0 ? most : DefaultMaxVersions);
    return version;
}

void VersionedKv::dropOldVersions(std::string_view path, KvKey &key, std::int64_t keep) const
{
    if (key.current < keep)
        return;
    key.oldest = key.current - keep + 1;
    while (!key.versions.empty() && key.versions.begin()->first < key.oldest) {
        m_secrets.entries().remove(dataPath(path, key.versions.begin()->first));
        key.versions.erase(key.versions.begin());
    }
}

Result<void> VersionedKv::undelete(KvKey &key, std::int64_t version, Nanoseconds now) const
{
    const auto found = key.versions.find(version);
    if (found == key.versions.end() || found->second.destroyed)
        return {};
    const auto mount = config();
    if (!mount)
        return mount.error();
    const Nanoseconds life = lifeOf(key, *mount);
    found->second.deleted = life > 0 ? now + life : 0;
    return {};
}

void VersionedKv::destroy(std::string_view path, KvKey &key, std::int64_t version) const
{
    const auto found = key.versions.find(version);
    if (found == key.versions.end())
        return;
    found->second.destroyed = true;
    m_secrets.entries().remove(dataPath(path, version));
}

Result<void> upgradeToVersions(store::WriteSession &session, std::shared_ptr<const store::Seal> seal, MountId mount)
{
    const Secrets secrets(std::move(seal), session, mount);
    std::map<std::string, json::value> all;
    for (const std::string &path : secrets.entries().paths({})) {
        auto secret = secrets.find(path);
        if (!secret)
            return secret.error();
        all.emplace(path, std::move(*secret));
    }
    secrets.entries().removeAll({});
    const VersionedKv kv(secrets);
    for (const auto &[path, secret] : all) {
        KvKey key;
        kv.addVersion(path, key, KvConfig(), secret, session.now);
        kv.saveKey(path, key);
    }
    return {};
}

std::string fullDurationText(Nanoseconds duration)
{
    constexpr Nanoseconds Second = 1'000'000'000;
    if (duration < 0)
        return "-" + fullDurationText(-duration);
    const std::int64_t seconds = duration / Second;
    std::string text;
    if (seconds >= 3600)
        text += std::to_string(seconds / 3600) + "h";
    if (seconds >= 60)
        text += std::to_string(seconds / 60 % 60) + "m";
    return text + std::to_string(seconds % 60) + "s";
}

} // namespace kith::core
