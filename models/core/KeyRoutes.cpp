// SPDX-License-Identifier: Apache-2.0
#include "core/Engine.h"
#include "core/GoBody.h"
#include "core/Rekeying.h"
#include "core/RootGeneration.h"
#include "core/Routes.h"
#include "core/Sealing.h"
#include "identity/PolicyList.h"
#include "store/Base64.h"

#include <algorithm>

namespace kith::core {

namespace json = boost::json;

namespace {

constexpr std::size_t ShortestShare = 16;

/// How an endpoint speaks: those that need no token answer outside the envelope.
enum class Voice { Bare, Envelope };

template <Voice voice>
Response answer(json::object data)
{
    Response response = Response::of(std::move(data));
    if (voice == Voice::Bare)
        response.body = Body::Bare;
    return response;
}

/// What an endpoint is sent: exact types where it needs no token, weak ones as everywhere where it does.
template <Voice voice>
class Sent
{
public:
    Sent(const Call &call, std::string_view structName) : m_call(call), m_body(call, structName) {}

    std::string text(std::string_view name)
    {
        if constexpr (voice == Voice::Bare)
            return m_body.text(name);
        return weak<std::string>({name, FieldType::Text});
    }
    bool flag(std::string_view name)
    {
        if constexpr (voice == Voice::Bare)
            return m_body.flag(name);
        return weak<bool>({name, FieldType::Bool});
    }
    int number(std::string_view name)
    {
        if constexpr (voice == Voice::Bare)
            return m_body.number(name);
        return static_cast<int>(std::clamp<std::int64_t>(weak<std::int64_t>({name, FieldType::Int}), -1, 1'000'000));
    }
    std::size_t listSize(std::string_view name)
    {
        if constexpr (voice == Voice::Bare)
            return m_body.listSize(name);
        return weak<std::vector<std::string>>({name, FieldType::Texts}).size();
    }
    Result<void> check() const
    {
        if constexpr (voice == Voice::Bare)
            return m_body.check();
        return m_wrong ? Result<void>(*m_wrong) : Result<void>();
    }

private:
    template <class T>
    T weak(const Field &field)
    {
        const json::value *sent = m_call.any(field.name);
        if (!sent)
            return {};
        auto value = convert(field, *sent);
        if (value)
            return std::get<T>(std::move(**value));
        if (!m_wrong)
            m_wrong = invalidRequest("Field validation failed: " + value.error().wire);
        return {};
    }

    const Call &m_call;
    GoBody m_body;
    std::optional<Error> m_wrong;
};

/// The share and the nonce that come with it.
struct GivenShare {
    std::string share;
    std::string nonce;
};

template <Voice voice>
Result<GivenShare> givenShare(const Call &call, std::string_view structName)
{
    Sent<voice> body(call, structName);
    const std::string key = body.text("key");
    GivenShare given{{}, body.text("nonce")};
    if (auto fits = body.check(); !fits)
        return fits.error();
    if (key.empty())
        return invalidRequest(voice == Voice::Bare ? "'key' must be specified in request body as JSON"
                                                   : "missing required field 'key'");
    if (voice == Voice::Envelope && given.nonce.empty())
        return invalidRequest("missing required field 'nonce'");
    const bool blank = voice == Voice::Envelope && key.find_first_not_of(" \t\r\n") == std::string::npos;
    auto share = decodeShare(blank ? std::string() : key); // [Q] with a token it is trimmed after it was missed
    if (!share)
        return share.error();
    given.share = std::move(*share);
    return given;
}

// --- A new root token ---

template <Voice voice>
Response rootAnswer(const RootGeneration::Status &status, const std::string &password, std::size_t passwordLength)
{
    const bool complete = !status.encodedToken.empty();
    json::object data{{"started", status.started()},
                      {"progress", status.progress},
                      {"required", status.required},
                      {"complete", complete}};
    if (voice == Voice::Bare || status.started()) {
        data["nonce"] = status.nonce;
        data["pgp_fingerprint"] = "";
    }
    if (voice == Voice::Bare || complete)
        data["encoded_token"] = status.encodedToken;
    if (voice == Voice::Bare)
        data["encoded_root_token"] = status.encodedToken;
    if (voice == Voice::Bare || !complete) {
        data["otp"] = password;
        data["otp_length"] = passwordLength;
    }
    return answer<voice>(std::move(data));
}

template <Voice voice>
Result<Response> readAttempt(const Call &, Engine &engine)
{
    const auto status = engine.sealing->rootGeneration().status();
    if (!status)
        return status.error();
    return rootAnswer<voice>(*status, {}, RootGeneration::TokenLength);
}

template <Voice voice>
Result<Response> startAttempt(const Call &call, Engine &engine)
{
    Sent<voice> body(call, "GenerateRootInitRequest");
    const std::string given = body.text("otp");
    const bool pgp = !body.text("pgp_key").empty();
    if (auto fits = body.check(); !fits)
        return fits.error();
    if (pgp && given.empty())
        return invalidRequest("PGP keys are not supported");
    const std::string password = given.empty() ? newOneTimePassword() : given;
    const auto status = engine.sealing->rootGeneration().start(password);
    if (!status)
        return status.error();
    return rootAnswer<voice>(*status, given.empty() ? password : std::string(), RootGeneration::TokenLength);
}

Result<Response> cancelAttempt(const Call &, Engine &engine)
{
    engine.sealing->rootGeneration().cancel();
    return Response::noContent();
}

/// As an engine that states no status tells it.
Error raw(const Error &error)
{
    return error.status == 400 ? rawError(error.wire) : error;
}

/// [Q] Here blanks around it are left out, and hex is taken at any length.
Result<std::string> decodeOwnShare(std::string_view given)
{
    const std::string text = identity::trimmed(given);
    if (text.empty())
        return text;
    if (auto bytes = store::fromHex(text))
        return std::move(*bytes);
    return decodeShare(text);
}

/// The one with a token has texts of its own.
Result<Response> updateOwnAttempt(const Call &call, Engine &engine)
{
    Sent<Voice::Envelope> body(call, {});
    const std::string nonce = body.text("nonce");
    const std::string key = body.text("key");
    if (auto fits = body.check(); !fits)
        return fits.error();
    if (nonce.empty())
        return invalidRequest("nonce is required");
    if (key.empty())
        return invalidRequest("key is required");
    auto share = decodeOwnShare(key);
    if (!share)
        return raw(share.error());
    if (share->size() < ShortestShare)
        return rawError("invalid key: key is shorter than minimum 16 bytes");
    const auto status = engine.sealing->rootGeneration().update(std::move(*share), nonce);
    if (!status)
        return raw(status.error());
    return rootAnswer<Voice::Envelope>(*status, {}, 0);
}

template <Voice voice>
Result<Response> updateAttempt(const Call &call, Engine &engine)
{
    auto given = givenShare<voice>(call, "GenerateRootUpdateRequest");
    if (!given)
        return given.error();
    const auto status = engine.sealing->rootGeneration().update(std::move(given->share), given->nonce);
    if (!status)
        return status.error();
    return rootAnswer<voice>(*status, {}, 0);
}

// --- New shares of a new root key ---

template <Voice voice>
Rekeying &rekeyingOf(Engine &engine)
{
    return voice == Voice::Bare ? engine.sealing->rekeying() : engine.sealing->rotating();
}

template <Voice voice>
json::object progressJson(const Rekeying::Status &status)
{
    json::object data{{"started", status.started()},
                      {"t", status.shares.threshold},
                      {"n", status.shares.count},
                      {"required", status.required}};
    if (voice == Voice::Envelope && !status.started())
        return data;
    data["nonce"] = status.nonce;
    data["progress"] = status.progress;
    data["verification_required"] = status.verify;
    if (voice == Voice::Bare) {
        data["pgp_fingerprints"] = nullptr;
        data["backup"] = false;
    }
    const std::string &verification = status.verificationNonce.empty() ? status.earlyNonce : status.verificationNonce;
    if (voice == Voice::Envelope || !verification.empty())
        data["verification_nonce"] = verification;
    return data;
}

template <Voice voice>
json::object newSharesJson(const Rekeying::Status &status)
{
    json::array hex;
    json::array base64;
    for (const std::string &share : status.newShares) {
        hex.emplace_back(store::toHex(share));
        base64.emplace_back(store::toBase64(share));
    }
    json::object data{{"nonce", status.nonce},
                      {"complete", true},
                      {"keys", std::move(hex)},
                      {"keys_base64", std::move(base64)},
                      {"pgp_fingerprints", nullptr},
                      {"backup", false},
                      {"verification_required", status.verify}};
    if (voice == Voice::Envelope || !status.verificationNonce.empty())
        data["verification_nonce"] = status.verificationNonce;
    return data;
}

template <Voice voice>
Result<Response> readRekey(const Call &, Engine &engine)
{
    const auto status = rekeyingOf<voice>(engine).status();
    if (!status)
        return status.error();
    return answer<voice>(progressJson<voice>(*status));
}

template <Voice voice>
Result<Response> startRekey(const Call &call, Engine &engine)
{
    Sent<voice> body(call, "RekeyRequest");
    const store::KeyShares shares{body.number("secret_shares"), body.number("secret_threshold")};
    const std::size_t pgpKeys = body.listSize("pgp_keys");
    const bool backup = body.flag("backup");
    const bool verify = body.flag("require_verification");
    if (auto fits = body.check(); !fits)
        return fits.error();
    if (voice == Voice::Envelope) {
        const auto current = rekeyingOf<voice>(engine).status();
        if (current && !current->nonce.empty())
            return invalidRequest("rotation already in progress");
    }
    if (voice == Voice::Bare && backup && pgpKeys == 0) // [Q] with a token nobody minds
        return invalidRequest("cannot request a backup of the new keys without providing PGP keys for encryption");
    std::string why = store::whyNotShareable(shares);
    if (why.empty() && pgpKeys > 0 && pgpKeys != static_cast<std::size_t>(shares.count))
        why = "count mismatch between number of provided PGP keys and number of shares";
    if (!why.empty()) {
        if (voice == Voice::Bare)
            return Error{ErrorCode::InvalidRequest, 500, "invalid rekey seal configuration: " + why, {}};
        return invalidRequest("invalid rotate seal configuration: %!w(*errors.errorString=&{" + why + "})");
    }
    if (pgpKeys > 0)
        return invalidRequest("PGP keys are not supported");
    const auto status = rekeyingOf<voice>(engine).start(shares, verify);
    if (!status)
        return status.error();
    return answer<voice>(progressJson<voice>(*status));
}

template <Voice voice>
Result<Response> cancelRekey(const Call &, Engine &engine)
{
    rekeyingOf<voice>(engine).cancel();
    return Response::noContent();
}

/// [Q] With a token the real server wraps what is wrong with the shares in an error that it prints as it is.
Error asRotationSays(Error error, std::size_t shareLength)
{
    constexpr std::string_view unread = "failed to read root key: ";
    if (error.code == ErrorCode::Damaged && error.wire == std::string(unread) + std::string(WrongKey))
        return invalidRequest(std::string(unread) + "%!w(*vault.ErrInvalidKey=&{" +
                              error.wire.substr(error.wire.find("failed to decrypt")) + "})");
    if (error.wire == "key is shorter than minimum 16 bytes")
        return invalidRequest("failed to setup unseal key: %!w(aes.KeySizeError=" + std::to_string(shareLength) + ")");
    return error;
}

template <Voice voice>
Result<Response> updateRekey(const Call &call, Engine &engine)
{
    auto given = givenShare<voice>(call, "RekeyUpdateRequest");
    if (!given)
        return given.error();
    const std::size_t length = given->share.size();
    const auto status = rekeyingOf<voice>(engine).update(std::move(given->share), given->nonce);
    if (!status)
        return voice == Voice::Envelope ? asRotationSays(status.error(), length) : status.error();
    return answer<voice>(status->newShares.empty() ? progressJson<voice>(*status) : newSharesJson<voice>(*status));
}

template <Voice voice>
Result<Response> verificationAnswer(const Result<Rekeying::Status> &status)
{
    if (!status)
        return status.error();
    if (status->done)
        return answer<voice>({{"nonce", status->verificationNonce}, {"complete", true}});
    // Before the new key is made there is nothing to verify.
    const bool begun = !status->verificationNonce.empty();
    return answer<voice>({{"nonce", begun ? status->verificationNonce : status->earlyNonce},
                          {"started", begun},
                          {"t", status->shares.threshold},
                          {"n", status->shares.count},
                          {"progress", status->verified}});
}

template <Voice voice>
Result<Response> readVerification(const Call &, Engine &engine)
{
    return verificationAnswer<voice>(rekeyingOf<voice>(engine).verificationStatus());
}

template <Voice voice>
Result<Response> restartVerification(const Call &, Engine &engine)
{
    return verificationAnswer<voice>(rekeyingOf<voice>(engine).restartVerification());
}

template <Voice voice>
Result<Response> updateVerification(const Call &call, Engine &engine)
{
    auto given = givenShare<voice>(call, "RekeyVerificationUpdateRequest");
    if (!given)
        return given.error();
    return verificationAnswer<voice>(rekeyingOf<voice>(engine).verify(std::move(given->share), given->nonce));
}

/// Shares are kept for their holders only when they come with PGP keys, which aren't taken.
Result<Response> readBackup(const Call &, Engine &)
{
    return invalidRequest("no backed-up keys found");
}

Result<Response> removeBackup(const Call &, Engine &)
{
    return Response::noContent();
}

// --- The data keys ---

Result<Response> beginTerm(const Call &, Engine &engine)
{
    if (auto begun = engine.keyring.beginTerm(); !begun)
        return begun.error();
    return Response::noContent();
}

/// Begun by housekeeping when so many values are sealed with one key; never by time.
Result<Response> readRotation(const Call &, Engine &)
{
    return Response::of(
        json::object{{"enabled", true}, {"interval", 0}, {"max_operations", store::Keyring::MostSealings}});
}

/// It can't be set, so there is nothing to say.
Result<Response> keepRotation(const Call &call, Engine &)
{
    for (const char *name : {"max_operations", "interval", "enabled"})
        if (call.request().data.contains(name))
            return invalidRequest("when keys are rotated can't be changed");
    return Response::noContent();
}

Result<Response> readKeyStatus(const Call &, Engine &engine)
{
    const auto status = engine.keyring.status();
    if (!status)
        return status.error();
    Response response = Response::of(json::object{
        {"term", status->term}, {"install_time", toRfc3339(status->termBegun)}, {"encryptions", status->sealings}});
    response.body = Body::Merged;
    return response;
}

constexpr auto Read = Operation::Read;
constexpr auto Update = Operation::Update;
constexpr auto Delete = Operation::Delete;

const std::vector<Field> RekeyFields{{"secret_shares", FieldType::Any},
                                     {"secret_threshold", FieldType::Any},
                                     {"pgp_keys", FieldType::Any},
                                     {"backup", FieldType::Any},
                                     {"require_verification", FieldType::Any}};
const std::vector<Field> AttemptFields{{"otp", FieldType::Any}, {"pgp_key", FieldType::Any}};
const std::vector<Field> ShareFields{{"key", FieldType::Any}, {"nonce", FieldType::Any}};

template <Voice voice>
std::vector<Endpoint> attempt()
{
    return {{Read, EngineHandler(readAttempt<voice>)},
            {Update, EngineHandler(startAttempt<voice>)},
            {Delete, EngineHandler(cancelAttempt)}};
}

template <Voice voice>
std::vector<Endpoint> rekey()
{
    return {{Read, EngineHandler(readRekey<voice>)},
            {Update, EngineHandler(startRekey<voice>)},
            {Delete, EngineHandler(cancelRekey<voice>)}};
}

template <Voice voice>
std::vector<Endpoint> verification()
{
    return {{Read, EngineHandler(readVerification<voice>)},
            {Update, EngineHandler(updateVerification<voice>)},
            {Delete, EngineHandler(restartVerification<voice>)}};
}

} // namespace

std::vector<Route> keyRoutes()
{
    constexpr auto Bare = Voice::Bare;
    constexpr auto Envelope = Voice::Envelope;
    const std::vector<Endpoint> backup{{Read, EngineHandler(readBackup)}, {Delete, EngineHandler(removeBackup)}};
    return {
        // By whoever holds shares, without a token.
        {"sys/generate-root/attempt", AttemptFields, andNothingElse(attempt<Bare>()), Gate::Public},
        {"sys/generate-root/update", ShareFields, andNothingElse({{Update, EngineHandler(updateAttempt<Bare>)}}),
         Gate::Public},
        {"sys/rekey/init", RekeyFields, andNothingElse(rekey<Bare>()), Gate::Public},
        {"sys/rekey/update", ShareFields, andNothingElse({{Update, EngineHandler(updateRekey<Bare>)}}), Gate::Public},
        {"sys/rekey/verify", ShareFields, andNothingElse(verification<Bare>()), Gate::Public},
        // With a token; the shares are the guard here, so that nobody needs `sudo`.
        {"sys/rekey/backup", {}, backup},
        {"sys/generate-root-token/attempt", AttemptFields, attempt<Envelope>()},
        {"sys/generate-root-token/update", ShareFields, {{Update, EngineHandler(updateOwnAttempt)}}},
        {"sys/rotate/root/init", RekeyFields, rekey<Envelope>()},
        {"sys/rotate/root/update", ShareFields, {{Update, EngineHandler(updateRekey<Envelope>)}}},
        {"sys/rotate/root/verify", ShareFields, verification<Envelope>()},
        {"sys/rotate/root/backup", {}, backup},
        {"sys/rotate", {}, {{Update, EngineHandler(beginTerm)}}, Gate::Sudo},
        {"sys/rotate/keyring", {}, {{Update, EngineHandler(beginTerm)}}, Gate::Sudo},
        {"sys/rotate/config", {}, {{Read, EngineHandler(readRotation)}, {Update, EngineHandler(keepRotation)}}},
        {"sys/rotate/keyring/config", {}, {{Read, EngineHandler(readRotation)}, {Update, EngineHandler(keepRotation)}}},
        {"sys/key-status", {}, {{Read, EngineHandler(readKeyStatus)}}},
    };
}

} // namespace kith::core
