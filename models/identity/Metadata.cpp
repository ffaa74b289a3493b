// SPDX-License-Identifier: Apache-2.0
#include "identity/Metadata.h"

#include "store/Text.h"

#include <boost/json.hpp>

namespace kith::identity {

namespace {

constexpr std::size_t MaxPairs = 64;
constexpr std::size_t MaxKey = 128;
constexpr std::size_t MaxValue = 512;

std::string_view nameOf(MetadataOf owner)
{
    switch (owner) {
    case MetadataOf::Entity:
        return "entity";
    case MetadataOf::Group:
        return "group";
    case MetadataOf::Alias:
        break;
    }
    return "alias";
}

bool isKeyCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("=/+_-").find(c) != std::string_view::npos;
}

/// What is wrong with a pair; empty if nothing is.
std::string_view wrongPair(const std::string &key, const std::string &value)
{
    if (key.empty())
        return "key cannot be blank";
    if (!std::all_of(key.begin(), key.end(), isKeyCharacter))
        return "key contains invalid characters";
    if (key.size() > MaxKey)
        return "key is too long (limit: 128 characters)";
    if (key.rfind("vault-", 0) == 0)
        return R"(key prefix "vault-" is reserved for internal use)";
    if (value.size() > MaxValue)
        return "value is too long (limit: 512 characters)";
    return {};
}

void collectWrongPair(const std::string &key, const std::string &value, std::vector<std::string> &wrong)
{
    const std::string name = inQuotes(key);
    const auto length = [](const std::string &text) { return std::to_string(text.size()) + " but must be 0 < len("; };
    if (key.empty() || key.size() > MaxKey)
        wrong.push_back("length of key " + name + " is " + length(key) + "key) <= 128");
    if (value.empty() || value.size() > MaxValue)
        wrong.push_back("length of value for key " + name + " is " + length(value) + "value) <= 512");
    if (!isPrintable(key))
        wrong.push_back("key " + name + " (" + key + ") contains unprintable characters");
    if (!isPrintable(value))
        wrong.push_back("value for key " + name + " contains unprintable characters");
}

} // namespace

Result<void> checkMetadata(MetadataOf owner, const Metadata &metadata)
{
    const std::string prefix = "invalid " + std::string(nameOf(owner)) + " metadata: ";
    if (metadata.size() > MaxPairs)
        return rawError(prefix + "metadata cannot contain more than 64 key/value pairs");
    for (const auto &[key, value] : metadata) {
        if (const std::string_view wrong = wrongPair(key, value); !wrong.empty())
            return rawError(prefix + "failed to load metadata pair (" + inQuotes(key) + ", " + inQuotes(value) +
                            "): " + std::string(wrong));
    }
    return {};
}

Result<void> checkCustomMetadata(const Metadata &metadata)
{
    const std::string prefix = "custom_metadata validation failed: ";
    std::vector<std::string> wrong;
    if (metadata.size() > MaxPairs) {
        wrong.push_back("payload must contain at most 64 keys, provided " + std::to_string(metadata.size()));
    } else {
        for (const auto &[key, value] : metadata)
            collectWrongPair(key, value, wrong);
    }
    if (wrong.empty())
        return {};
    if (wrong.size() == 1)
        return rawError(prefix + wrong.front());
    std::string text = std::to_string(wrong.size()) + " errors occurred:";
    for (const std::string &one : wrong)
        text.append("\n\t* ").append(prefix).append(one);
    return Error{ErrorCode::InvalidRequest, 500, text + "\n\n", {}};
}

std::optional<std::string> metadataColumn(const StoredMetadata &metadata)
{
    if (!metadata)
        return std::nullopt;
    boost::json::object object;
    for (const auto &[key, value] : *metadata)
        object.emplace(key, value);
    return boost::json::serialize(object);
}

StoredMetadata metadataFromColumn(std::string_view json)
{
    if (json.empty())
        return std::nullopt;
    boost::json::error_code failed;
    const boost::json::value parsed = boost::json::parse(json, failed);
    if (failed || !parsed.is_object())
        return std::nullopt;
    Metadata metadata;
    for (const auto &[key, value] : parsed.get_object()) {
        if (!value.is_string())
            return std::nullopt;
        metadata.emplace(key, value.get_string());
    }
    return metadata;
}

} // namespace kith::identity
