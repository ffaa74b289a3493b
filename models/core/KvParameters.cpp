// SPDX-License-Identifier: Apache-2.0
#include "core/KvParameters.h"

#include "core/Fields.h"
#include "identity/Metadata.h"
#include "store/GoText.h"
#include "store/Json.h"

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr Nanoseconds Second = 1'000'000'000;

/// The values in `versions`, which may be one value, or a text with commas.
json::array versionItems(const json::value &sent)
{
    if (sent.is_array())
        return sent.get_array();
    if (sent.is_null() || (sent.is_object() && sent.get_object().empty()))
        return {};
    if (!store::isText(sent))
        return {sent};
    json::array items;
    const std::string_view text(sent.get_string());
    for (std::size_t at = 0; !text.empty() && at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        items.emplace_back(text.substr(at, comma - at));
        at = comma + 1;
    }
    return items;
}

/// Null, or lists of nothing but that; an empty list is an empty object.
bool saysNothing(const json::value &sent)
{
    const json::array *items = sent.if_array();
    return sent.is_null() || (items && !items->empty() && std::all_of(items->begin(), items->end(), saysNothing));
}

Result<void> checkCustom(const std::map<std::string, std::string> &pairs)
{
    auto checked = identity::checkCustomMetadata(pairs);
    if (!checked)
        return Error{ErrorCode::InvalidRequest, 400, checked.error().wire, {}};
    return {};
}

/// What the real server says of the first pair, by its key, that is neither text nor null; empty: there is none.
std::string firstUntextual(const json::object &pairs)
{
    std::map<std::string, std::string> found;
    for (const auto &pair : pairs)
        if (const bool flag = pair.value().is_bool();
            flag || pair.value().is_number() || store::keptNumber(pair.value()))
            found.emplace(pair.key(), flag ? "bool" : "number");
    if (found.empty())
        return {};
    return found.begin()->second + " into Go struct field .custom_metadata." + found.begin()->first;
}

/// The pairs of `custom_metadata` as texts; of null there are none.
Result<json::object> sentPairs(const json::value &sent)
{
    if (sent.is_null())
        return json::object();
    json::object pairs;
    std::map<std::string, std::string> texts;
    for (const auto &pair : sent.get_object()) {
        const auto text = convert({"custom_metadata", FieldType::Text}, pair.value());
        if (!text) {
            const std::string &wire = text.error().wire;
            return invalidRequest("custom_metadata validation failed: " + wire.substr(wire.find("''")));
        }
        const auto &value = std::get<std::string>(**text);
        pairs[pair.key()] = value;
        texts.emplace(pair.key(), value);
    }
    if (auto checked = checkCustom(texts); !checked)
        return checked.error();
    return pairs;
}

} // namespace

Result<json::value> sentObject(std::string_view name, const json::value &sent)
{
    auto object = convert({name, FieldType::Object}, sent);
    if (!object)
        return object.error();
    return saysNothing(sent) ? json::value() : std::get<json::value>(std::move(**object));
}

Result<std::vector<std::int64_t>> sentVersions(const Call &call)
{
    std::vector<std::int64_t> numbers;
    std::string problems;
    const json::value *sent = call.any("versions");
    const json::array items = sent ? versionItems(*sent) : json::array();
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto number = convert({"versions", FieldType::Int}, items[i]);
        if (number) {
            numbers.push_back(std::get<std::int64_t>(**number));
            continue;
        }
        std::string text = number.error().wire;
        text.erase(0, text.find("''") + 1);
        problems += "\n'[" + std::to_string(i) + "]" + text;
    }
    if (!problems.empty())
        return invalidRequest("Field validation failed: error converting input for field \"versions\": decoding failed "
                              "due to the following error(s):\n" +
                              problems);
    if (numbers.empty())
        return invalidRequest(call.request().path.find("/destroy/") == std::string::npos
                                  ? "No version number provided"
                                  : "no version number provided");
    return numbers;
}

Result<SentMetadata> SentMetadata::of(const Call &call, bool patch)
{
    const json::value *any = call.any("custom_metadata");
    if (!any)
        return SentMetadata();
    auto object = sentObject("custom_metadata", *any);
    if (!object)
        return invalidRequest((patch ? "Field validation failed: " : "") + object.error().wire);
    SentMetadata metadata{std::move(*object), {}};
    json::value kept = *metadata.sent;
    if (patch && kept.is_object())
        for (auto pair = kept.get_object().begin(); pair != kept.get_object().end();)
            pair = pair->value().is_null() ? kept.get_object().erase(pair) : std::next(pair);
    auto pairs = sentPairs(kept);
    if (!pairs)
        return pairs.error();
    metadata.pairs = std::move(*pairs);
    return metadata;
}

Result<void> SentMetadata::change(KvKey &key, bool patch) const
{
    if (sent->is_null()) {
        key.customMetadata.reset();
        return {};
    }
    if (patch && key.customMetadata)
        if (const auto wrong = firstUntextual(sent->get_object()); !wrong.empty())
            return rawError("json: cannot unmarshal " + wrong + " of type string");
    if (!patch || !key.customMetadata)
        key.customMetadata.emplace();
    for (const auto &pair : sent->get_object())
        if (pair.value().is_null())
            key.customMetadata->erase(pair.key());
    for (const auto &pair : pairs)
        (*key.customMetadata)[pair.key()] = pair.value();
    return {};
}

Result<void> checkMetadataCas(const Call &call, const std::optional<KvKey> &key, const KvConfig &config)
{
    const auto cas = call.number("metadata_cas");
    if (!cas) {
        if ((key && key->metadataCasRequired) || config.metadataCasRequired)
            return invalidRequest("metadata check-and-set parameter required for this call");
        return {};
    }
    if (!key && *cas != 0)
        return invalidRequest("metadata_cas must be 0 when creating new metadata");
    if (key && *cas != key->metadataVersion)
        return invalidRequest("metadata check-and-set parameter does not match the current version");
    return {};
}

bool saysAnything(const Call &call)
{
    for (const char *name :
         {"max_versions", "cas_required", "metadata_cas_required", "delete_version_after", "custom_metadata"})
        if (call.has(name))
            return true;
    return false;
}

Result<Nanoseconds> lifeOnMount(const json::value &value)
{
    if (!value.is_primitive() || value.is_bool())
        return invalidRequest(
            "Field validation failed: error converting input for field \"delete_version_after\": could "
            "not parse duration from input");
    const auto text = convert({"delete_version_after", FieldType::Text}, value);
    const std::string &sent = std::get<std::string>(**text);
    const bool forEver = sent.starts_with('-');
    const auto seconds = parseDuration(forEver ? sent.substr(1) : sent);
    if (!seconds)
        return invalidRequest("Field validation failed: error converting input for field \"delete_version_after\": " +
                              seconds.error().wire);
    return forEver ? -Second : *seconds * Second;
}

} // namespace kith::core
