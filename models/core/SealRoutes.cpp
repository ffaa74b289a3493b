// SPDX-License-Identifier: Apache-2.0
#include "core/Engine.h"
#include "core/GoBody.h"
#include "core/Router.h"
#include "core/Routes.h"
#include "core/Sealing.h"
#include "core/Version.h"
#include "oidc/Oidc.h"
#include "store/Base64.h"

#include <array>
#include <charconv>

#include <unistd.h>

namespace kith::core {

namespace json = boost::json;

namespace {

Response bare(json::object data, int status = 200)
{
    Response response = Response::of(std::move(data));
    response.status = status;
    response.body = Body::Bare;
    return response;
}

json::object toJson(const Sealing::Status &status)
{
    json::object data{{"type", "shamir"},
                      {"initialized", status.initialized()},
                      {"sealed", status.sealed()},
                      {"t", status.keys.shares.threshold},
                      {"n", status.keys.shares.count},
                      {"progress", status.progress},
                      {"nonce", status.nonce},
                      {"recovery_seal", false},
                      {"version", serverVersion()},
                      {"commit_date", ""},
                      {"migration", false}};
    if (!status.sealed()) {
        data["cluster_name"] = status.cluster.name;
        data["cluster_id"] = status.cluster.id;
    }
    data["storage_type"] = "sqlite";
    return data;
}

Result<Response> answer(const Result<Sealing::Status> &status)
{
    if (!status)
        return status.error();
    return bare(toJson(*status));
}

Result<Response> readSealStatus(const Call &, Engine &engine)
{
    return answer(engine.sealing->status());
}

Result<Response> readInitialized(const Call &, Engine &engine)
{
    const auto state = engine.keyring.state();
    if (!state)
        return state.error();
    return bare({{"initialized", *state != store::Keyring::State::New}});
}

Error noPgp()
{
    return invalidRequest("PGP keys are not supported");
}

/// The refusals that come before the shares are looked at.
Result<void> checkInit(GoBody &body)
{
    std::string recovery;
    for (const std::string_view name : {"recovery_shares", "recovery_threshold"})
        if (body.number(name) != 0)
            recovery.append(recovery.empty() ? "" : ",").append(name);
    if (auto fits = body.check(); !fits)
        return fits;
    if (!recovery.empty())
        return invalidRequest("parameters " + recovery + " not applicable to seal type shamir");
    return {};
}

Result<Response> initialise(const Call &call, Engine &engine)
{
    GoBody body(call, "InitRequest");
    const store::KeyShares shares{body.number("secret_shares"), body.number("secret_threshold")};
    const std::size_t pgpKeys = body.listSize("pgp_keys");
    const bool rootPgpKey = !body.text("root_token_pgp_key").empty();
    if (auto fits = checkInit(body); !fits)
        return fits.error();
    if (const std::string why = store::whyNotShareable(shares); !why.empty())
        return invalidRequest("invalid seal configuration: " + why);
    if (pgpKeys > 0 && pgpKeys != static_cast<std::size_t>(std::max(shares.count, 0)))
        return invalidRequest("invalid seal configuration: count mismatch between number of provided PGP keys and "
                              "number of shares");
    if (pgpKeys > 0 || rootPgpKey)
        return noPgp();
    auto keys = engine.sealing->initialise(shares);
    if (!keys)
        return keys.error();
    json::array hex;
    json::array base64;
    for (std::string &share : keys->shares) {
        hex.emplace_back(store::toHex(share));
        base64.emplace_back(store::toBase64(share));
        store::wipe(share);
    }
    return bare({{"keys", std::move(hex)}, {"keys_base64", std::move(base64)}, {"root_token", keys->rootToken}});
}

Result<Response> unseal(const Call &call, Engine &engine)
{
    GoBody body(call, "UnsealRequest");
    const std::string key = body.text("key");
    const bool reset = body.flag("reset");
    const bool migrate = body.flag("migrate");
    if (auto fits = body.check(); !fits)
        return fits.error();
    if (reset)
        return answer(engine.sealing->resetUnseal());
    if (key.empty())
        return invalidRequest("'key' must be specified in request body as JSON, or 'reset' set to true");
    auto share = decodeShare(key);
    if (!share)
        return share.error();
    if (migrate)
        return Error{ErrorCode::InvalidRequest, 500, "can't perform a seal migration, no migration seal found", {}};
    return answer(engine.sealing->unseal(std::move(*share)));
}

Result<Response> seal(const Call &, Engine &engine)
{
    engine.sealing->seal();
    engine.oidc->forget();
    return Response::noContent();
}

/// The status that a query parameter of sys/health asks for, or nothing when it isn't there.
Result<std::optional<int>> askedStatus(const Call &call, std::string_view name)
{
    const auto *sent = call.any(name);
    if (!sent)
        return std::optional<int>();
    const std::string_view text = sent->is_string() ? std::string_view(sent->get_string()) : std::string_view();
    int status = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), status);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size() || status < 200 || status > 999)
        return Error{ErrorCode::InvalidRequest, 400, {}, {}};
    return std::optional(status);
}

/// Go's words for truth, which `standbyok` and `perfstandbyok` are checked for though nothing here stands by.
bool isGoBool(const json::value &value)
{
    const std::string_view text = value.is_string() ? std::string_view(value.get_string()) : std::string_view();
    for (const std::string_view word :
         {"", "1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False"})
        if (text == word)
            return true;
    return false;
}

Result<int> healthStatus(const Call &call, const Sealing::Status &status)
{
    for (const std::string_view name : {"standbyok", "perfstandbyok"})
        if (const auto *sent = call.any(name); sent && !isGoBool(*sent))
            return Error{ErrorCode::InvalidRequest, 400, {}, {}};
    constexpr std::pair<std::string_view, int> Codes[] = {{"uninitcode", 501},
                                                          {"sealedcode", 503},
                                                          {"standbycode", 429},
                                                          {"drsecondarycode", 472},
                                                          {"performancestandbycode", 473},
                                                          {"activecode", 200}};
    const std::string_view fits = !status.initialized() ? "uninitcode" : status.sealed() ? "sealedcode" : "activecode";
    int chosen = 200;
    for (const auto &[name, usual] : Codes) {
        const auto asked = askedStatus(call, name);
        if (!asked)
            return asked.error();
        if (name == fits)
            chosen = asked->value_or(usual);
    }
    return chosen;
}

Result<Response> readHealth(const Call &call, Engine &engine)
{
    const auto status = engine.sealing->status();
    if (!status)
        return status.error();
    const auto code = healthStatus(call, *status);
    if (!code)
        return code.error();
    const char *replication = status->sealed() ? "unknown" : "disabled";
    json::object data{{"initialized", status->initialized()},
                      {"sealed", status->sealed()},
                      {"standby", status->sealed()},
                      {"replication_performance_mode", replication},
                      {"replication_dr_mode", replication},
                      {"server_time_utc", call.router().now() / 1'000'000'000},
                      {"version", serverVersion()}};
    if (!status->sealed()) {
        data["cluster_name"] = status->cluster.name;
        data["cluster_id"] = status->cluster.id;
    }
    return bare(std::move(data), *code);
}

Result<Response> readLeader(const Call &, Engine &)
{
    return bare({{"ha_enabled", false}});
}

/// Nobody stands by to take over, so nothing is to be done, whoever asks.
Result<Response> stepDown(const Call &, Engine &)
{
    return Response::noContent();
}

/// There is one node, and it is this one.
Result<Response> readNodes(const Call &, Engine &)
{
    std::array<char, 256> host{};
    if (gethostname(host.data(), host.size() - 1) != 0)
        host[0] = '\0';
    Response response = Response::of(json::object{{"nodes", json::array{json::object{{"hostname", host.data()},
                                                                                     {"api_address", ""},
                                                                                     {"cluster_address", ""},
                                                                                     {"active_node", true},
                                                                                     {"last_echo", nullptr},
                                                                                     {"version", serverVersion()}}}}});
    response.body = Body::Merged;
    return response;
}

} // namespace

std::vector<Route> sealRoutes()
{
    const auto any = [](std::initializer_list<std::string_view> names) {
        std::vector<Field> fields;
        for (const std::string_view name : names)
            fields.push_back({name, FieldType::Any});
        return fields;
    };
    return {
        {"sys/init",
         any({"secret_shares", "secret_threshold", "stored_shares", "pgp_keys", "recovery_shares", "recovery_threshold",
              "recovery_pgp_keys", "root_token_pgp_key"}),
         andNothingElse(
             {{Operation::Read, EngineHandler(readInitialized)}, {Operation::Update, EngineHandler(initialise)}}),
         Gate::Always},
        {"sys/seal-status", {}, {{Operation::Read, EngineHandler(readSealStatus)}}, Gate::Always},
        {"sys/unseal", any({"key", "reset", "migrate"}), andNothingElse({{Operation::Update, EngineHandler(unseal)}}),
         Gate::Always},
        {"sys/health",
         any({"standbyok", "perfstandbyok", "activecode", "standbycode", "drsecondarycode", "performancestandbycode",
              "sealedcode", "uninitcode"}),
         andNothingElse({{Operation::Read, EngineHandler(readHealth)}, {Operation::Head, EngineHandler(readHealth)}}),
         Gate::Always},
        {"sys/leader", {}, {{Operation::Read, EngineHandler(readLeader)}}, Gate::Always},
        {"sys/step-down", {}, andNothingElse({{Operation::Update, EngineHandler(stepDown)}}), Gate::Public},
        {"sys/ha-status", {}, {{Operation::Read, EngineHandler(readNodes)}}},
        {"sys/seal", {}, {{Operation::Update, EngineHandler(seal)}}, Gate::Sudo},
    };
}

} // namespace kith::core
