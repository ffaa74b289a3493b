// SPDX-License-Identifier: Apache-2.0
#include "Config.h"

#include "core/Fields.h"
#include "policy/Hcl.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>

namespace kith::d {

using policy::hcl::Item;
using policy::hcl::Value;

namespace {

/// A block with its labels: `listener "tcp" { … }`, or in JSON `"listener": {"tcp": {…}}`.
struct Block {
    std::vector<std::string> labels;
    const std::vector<Item> *items = nullptr;
    int line = 0;
};

class Reader
{
public:
    explicit Reader(std::string name) : m_name(std::move(name)) {}

    Result<Config> read(const std::vector<Item> &items);

private:
    bool fail(int line, const std::string &what);
    bool readTop(const Item &item);
    bool readStorage(const Item &item);
    bool readListener(const Block &block);
    bool readListenerOption(const Item &item, server::ServerOptions &options, server::Tls &tls, bool &plain);
    bool readAudit(const Block &block);
    bool blocks(const Item &item, std::size_t labels, std::vector<Block> &out);
    bool collect(const Value &value, std::vector<std::string> labels, std::size_t wanted, int line,
                 std::vector<Block> &out);
    bool text(const Item &item, std::string &out);
    bool flag(const Item &item, bool &out);
    bool negatedFlag(const Item &item, bool &out);
    template <class Number>
    bool number(const Item &item, Number &out);
    bool time(const Item &item, std::chrono::milliseconds &out);

    std::string m_name;
    Config m_config;
    std::string m_storage; ///< Its kind, once read.
    std::string m_failure;
};

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool Reader::fail(int line, const std::string &what)
{
    if (m_failure.empty())
        m_failure = m_name + (line > 0 ? ":" + std::to_string(line) : std::string()) + ": " + what;
    return false;
}

bool Reader::text(const Item &item, std::string &out)
{
    if (item.keys.size() > 1 || !item.value.isLiteral() || item.value.kind == Value::Kind::Null)
        return fail(item.line, item.keys.front().name + " wants a text");
    out = item.value.text;
    return true;
}

bool Reader::flag(const Item &item, bool &out)
{
    std::string word;
    if (!text(item, word))
        return false;
    if (!isOneOf(word, {"true", "1", "false", "0"}))
        return fail(item.line, item.keys.front().name + " wants true or false");
    out = word == "true" || word == "1";
    return true;
}

bool Reader::negatedFlag(const Item &item, bool &out)
{
    bool disabled = false;
    if (!flag(item, disabled))
        return false;
    out = !disabled;
    return true;
}

template <class Number>
bool Reader::number(const Item &item, Number &out)
{
    std::string word;
    if (!text(item, word))
        return false;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), out);
    if (read.ec != std::errc() || read.ptr != word.data() + word.size() || out == 0)
        return fail(item.line, item.keys.front().name + " wants a whole number above 0");
    return true;
}

bool Reader::time(const Item &item, std::chrono::milliseconds &out)
{
    std::string word;
    if (!text(item, word))
        return false;
    const auto seconds = core::parseDuration(word);
    if (!seconds || *seconds <= 0)
        return fail(item.line, item.keys.front().name + " wants a time such as 30s or 5m");
    out = std::chrono::seconds(*seconds);
    return true;
}

bool Reader::collect(const Value &value, std::vector<std::string> labels, std::size_t wanted, int line,
                     std::vector<Block> &out)
{
    if (value.kind == Value::Kind::List) {
        for (const Value &each : value.values)
            if (!collect(each, labels, wanted, line, out))
                return false;
        return true;
    }
    if (value.kind != Value::Kind::Object || labels.size() > wanted)
        return fail(line, "a block in braces is wanted here");
    if (labels.size() == wanted) {
        out.push_back({std::move(labels), &value.items, line});
        return true;
    }
    for (const Item &inner : value.items) {
        std::vector<std::string> longer = labels;
        for (const auto &key : inner.keys)
            longer.push_back(key.name);
        if (!collect(inner.value, std::move(longer), wanted, inner.line > 0 ? inner.line : line, out))
            return false;
    }
    return true;
}

bool Reader::blocks(const Item &item, std::size_t labels, std::vector<Block> &out)
{
    std::vector<std::string> names;
    for (std::size_t i = 1; i < item.keys.size(); ++i)
        names.push_back(item.keys[i].name);
    return collect(item.value, std::move(names), labels, item.line, out);
}

bool Reader::readStorage(const Item &item)
{
    std::vector<Block> found;
    if (!blocks(item, 1, found))
        return false;
    for (const Block &block : found) {
        if (!m_storage.empty())
            return fail(block.line, "there is a storage already");
        m_storage = block.labels.front();
        if (!isOneOf(m_storage, {"file", "raft", "kith"}))
            return fail(block.line,
                        "the data is kept in files here: storage \"file\" { path = \"…\" }, not \"" + m_storage + "\"");
        for (const Item &option : *block.items) {
            std::string value;
            if (!text(option, value))
                return false;
            if (option.keys.front().name == "path")
                m_config.data = value;
            else if (option.keys.front().name == "node_id")
                m_config.notes.emplace_back("node_id has no effect: there is one node");
            else
                return fail(option.line, "storage has no option \"" + option.keys.front().name + "\"");
        }
        if (m_config.data.empty())
            return fail(block.line, "storage needs a path");
    }
    return true;
}

bool Reader::readListenerOption(const Item &item, server::ServerOptions &options, server::Tls &tls, bool &plain)
{
    const std::string &name = item.keys.front().name;
    server::ServerLimits &limits = options.limits;
    if (name == "address") {
        std::string address;
        if (!text(item, address))
            return false;
        const auto place = server::parseEndpoint(address);
        if (!place)
            return fail(item.line, "address wants ADDRESS:PORT, not \"" + address + "\"");
        options.address = place->address;
        options.port = place->port;
        return true;
    }
    if (name == "tls_disable")
        return flag(item, plain);
    if (name == "tls_cert_file")
        return text(item, tls.certificateFile);
    if (name == "tls_key_file")
        return text(item, tls.keyFile);
    if (name == "disable_unauthed_rekey_endpoints")
        return negatedFlag(item, options.openRekey);
    if (name == "disable_unauthed_generate_root_endpoints")
        return negatedFlag(item, options.openGenerateRoot);
    if (name == "max_request_size")
        return number(item, limits.body);
    if (name == "max_request_json_memory")
        return number(item, limits.json.memory);
    if (name == "max_request_json_strings")
        return number(item, limits.json.strings);
    if (name == "max_header_size")
        return number(item, limits.header);
    if (name == "max_bodies_size")
        return number(item, limits.bodies);
    if (name == "max_connections")
        return number(item, limits.connections);
    if (name == "max_connections_per_address")
        return number(item, limits.perAddress);
    if (name == "http_read_header_timeout")
        return time(item, limits.headerTime);
    if (name == "http_read_timeout")
        return time(item, limits.bodyTime);
    if (name == "http_write_timeout")
        return time(item, limits.answerTime);
    if (name == "http_idle_timeout")
        return time(item, limits.idleTime);
    if (isOneOf(name, {"cluster_address", "tls_min_version", "telemetry", "max_request_duration"})) {
        m_config.notes.push_back("listener: " + name + " has no effect here");
        return true;
    }
    return fail(item.line, R"(listener "tcp" has no option ")" + name + "\"");
}

bool Reader::readListener(const Block &block)
{
    if (block.labels.front() != "tcp")
        return fail(block.line, R"(there is listener "tcp" only, not ")" + block.labels.front() + "\"");
    server::ServerOptions options;
    server::Tls tls;
    bool plain = false;
    for (const Item &item : *block.items)
        if (!readListenerOption(item, options, tls, plain))
            return false;
    if (!plain && (tls.certificateFile.empty() || tls.keyFile.empty()))
        return fail(block.line, "listener needs tls_cert_file and tls_key_file, or tls_disable = true");
    if (!plain)
        options.tls = std::move(tls);
    m_config.listeners.push_back(std::move(options));
    return true;
}

bool Reader::readAudit(const Block &block)
{
    AuditDevice device;
    device.type = block.labels[0];
    device.path = block.labels[1];
    for (const Item &item : *block.items) {
        const std::string &name = item.keys.front().name;
        if (name == "description") {
            if (!text(item, device.description))
                return false;
        } else if (name == "options") {
            std::vector<Block> options;
            if (!blocks(item, 0, options))
                return false;
            for (const Block &each : options)
                for (const Item &option : *each.items)
                    if (!text(option, device.options[option.keys.front().name]))
                        return false;
        } else {
            return fail(item.line, "audit has no option \"" + name + "\"");
        }
    }
    m_config.audits.push_back(std::move(device));
    return true;
}

bool Reader::readTop(const Item &item)
{
    const std::string &name = item.keys.front().name;
    if (name == "storage")
        return readStorage(item);
    if (name == "api_addr")
        return text(item, m_config.apiAddress);
    if (name == "unsafe_allow_api_audit_creation")
        return flag(item, m_config.apiAuditCreation);
    if (name == "allow_audit_log_prefixing")
        return flag(item, m_config.auditPrefixing);
    if (name == "listener" || name == "audit") {
        std::vector<Block> found;
        if (!blocks(item, name == "audit" ? 2 : 1, found))
            return false;
        for (const Block &block : found)
            if (!(name == "audit" ? readAudit(block) : readListener(block)))
                return false;
        return true;
    }
    if (isOneOf(name, {"ui", "disable_mlock", "cluster_addr", "cluster_name", "log_level", "log_format", "telemetry",
                       "disable_cache", "cache_size", "disable_clustering"})) {
        m_config.notes.push_back(name + " has no effect here");
        return true;
    }
    return fail(item.line, "there is no option \"" + name + "\"");
}

Result<Config> Reader::read(const std::vector<Item> &items)
{
    bool good = true;
    for (const Item &item : items)
        good = good && readTop(item);
    if (good && m_config.data.empty())
        good = fail(0, "says nothing of storage: storage \"file\" { path = \"…\" }");
    if (good && m_config.listeners.empty())
        good = fail(0, "has no listener: listener \"tcp\" { address = \"127.0.0.1:8200\" … }");
    if (!good)
        return invalidRequest(m_failure);
    return std::move(m_config);
}

} // namespace

Result<Config> readConfig(std::string_view text, const std::string &name)
{
    const auto items = policy::hcl::parse(text);
    if (!items)
        return invalidRequest(name + ": " + items.error().wire);
    return Reader(name).read(*items);
}

Result<Config> loadConfig(const std::string &name)
{
    std::ifstream file(name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return invalidRequest(name + ": can't be read: " + std::strerror(errno));
    return readConfig(text, name);
}

} // namespace kith::d
