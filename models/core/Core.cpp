// SPDX-License-Identifier: Apache-2.0
#include "core/Core.h"

#include "audit/HeaderRules.h"
#include "auth/JwtKeys.h"
#include "auth/Lockouts.h"
#include "auth/LoginTurns.h"
#include "auth/Passwords.h"
#include "auth/SignIns.h"
#include "auth/Tokens.h"
#include "auth/VisitTokens.h"
#include "core/AuditRecorder.h"
#include "core/Callers.h"
#include "core/Door.h"
#include "core/Housekeeping.h"
#include "core/Router.h"
#include "core/Sealing.h"
#include "identity/Identities.h"
#include "oidc/Oidc.h"
#include "policy/PolicyStore.h"

namespace kith::core {

class Core::Private
{
public:
    Private(CoreOptions options, std::unique_ptr<store::Store> file, std::unique_ptr<identity::Identities> people)
        : store(std::move(file))
        , identities(std::move(people))
        , keyring(*store)
        , sealing(*store, keyring)
        , callers(*identities, keyring)
        , auditDevices(*store, keyring, std::move(options.audit))
        , auditHeaders(*store)
        , recorder(*identities, keyring, auditDevices, auditHeaders)
        , engine{*store,    identities.get(), keyring,   &sealing, &callers,    &auditDevices, &auditHeaders,
                 &recorder, &passwords,       &lockouts, &jwtKeys, &loginTurns, &signIns,      &oidc}
        , router(engine)
        , door(engine, router, callers, std::move(options.rootToken))
        , housekeeping(engine)
    {
        identities->onChange([this](const ChangeSet &changes) {
            callers.follow(changes);
            router.entityAnswers().follow(changes);
        });
    }

    std::unique_ptr<store::Store> store;
    std::unique_ptr<identity::Identities> identities;
    store::Keyring keyring;
    Sealing sealing;
    Callers callers;
    audit::Devices auditDevices;
    audit::HeaderRules auditHeaders;
    AuditRecorder recorder;
    auth::Passwords passwords;
    auth::Lockouts lockouts;
    auth::JwtKeys jwtKeys;
    auth::LoginTurns loginTurns;
    auth::SignIns signIns;
    oidc::Oidc oidc;
    Engine engine;
    Router router;
    Door door;
    Housekeeping housekeeping;
};

namespace {

/// The built-in policies come with the file: its first writer puts them there.
Result<void> ensurePolicies(store::Store &store)
{
    const auto there = store.read([&](store::Session &session) -> Result<bool> {
        return policy::findStoredPolicy(session, "default", store.clock().now()).has_value();
    });
    if (!there)
        return there.error();
    if (*there || !store.canWrite())
        return {};
    return store.write([](store::WriteSession &session) -> Result<void> {
        policy::ensureBuiltInPolicies(session);
        return {};
    });
}

/// The browsers of an earlier process are known to nobody any more.
Result<void> endVisits(store::Store &store)
{
    const auto any = store.read([](store::Session &session) -> Result<bool> { return auth::anyVisitToken(session); });
    if (!any)
        return any.error();
    if (!*any || !store.canWrite())
        return {};
    // What can't be written now, as on a full disk, is done at the next opening: nobody has those tokens.
    [[maybe_unused]] const auto ended = store.write([](store::WriteSession &session) -> Result<void> {
        auth::revokeVisitTokens(session);
        return {};
    });
    return {};
}

/// The root token of whoever starts a core with one of their choice (`kithd --dev`).
Result<void> ensureToken(Engine &engine, const std::string &secret)
{
    const auto seal = engine.keyring.seal();
    if (!seal)
        return {};
    return engine.store.write([&](store::WriteSession &session) -> Result<void> {
        if (auth::findToken(session, *seal, secret, session.now))
            return {};
        auth::Token token;
        token.policies = {"root"};
        token.path = "auth/token/create";
        token.displayName = "token";
        if (auto made = auth::createToken(session, *seal, std::move(token), secret); !made)
            return made.error();
        return {};
    });
}

} // namespace

Core::Core(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Core::~Core() = default;

Result<std::unique_ptr<Core>> Core::open(CoreOptions options)
{
    // Better now than when the core is unsealed.
    for (const audit::DeviceSettings &device : options.audit.devices)
        if (auto possible = audit::Device::make(device, store::SecretKey()); !possible)
            return Error{possible.error().code, 400, "audit device " + device.path + ": " + possible.error().wire, {}};
    auto store = store::Store::open(std::move(options.file));
    if (!store)
        return store.error();
    if (auto ensured = ensurePolicies(**store); !ensured)
        return ensured.error();
    auto identities = identity::Identities::open(**store, options.readAhead);
    if (!identities)
        return identities.error();
    auto d = std::make_unique<Private>(options, std::move(*store), std::move(*identities));
    auto lockouts = d->store->read([&](store::Session &session) -> Result<void> {
        d->lockouts.load(session);
        return {};
    });
    if (!lockouts)
        return lockouts.error();
    if (auto ended = endVisits(*d->store); !ended)
        return ended.error();
    if (options.rootKey)
        if (auto opened = d->sealing.open(*options.rootKey); !opened)
            return opened.error();
    if (!options.firstToken.empty())
        if (auto ensured = ensureToken(d->engine, options.firstToken); !ensured)
            return ensured.error();
    return std::unique_ptr<Core>(new Core(std::move(d)));
}

Response Core::handle(const Request &request)
{
    return m_d->door.handle(request);
}

std::optional<Response> Core::handleAtOnce(const Request &request)
{
    return m_d->door.handleAtOnce(request);
}

bool Core::handleLater(const Request &request, std::function<void(Response)> done)
{
    return m_d->door.handleLater(request, std::move(done));
}

identity::Identities &Core::identities()
{
    return *m_d->identities;
}

store::Store &Core::store()
{
    return *m_d->store;
}

Result<Core::RootKey> Core::rootKey()
{
    const auto state = m_d->keyring.state();
    if (!state)
        return state.error();
    auto place = m_d->sealing.place();
    if (!place)
        return place.error();
    return RootKey{*state, std::move(*place)};
}

Result<void> Core::unseal(const store::SecretKey &rootKey, const RootKeyPlace &place)
{
    return m_d->sealing.open(rootKey, place);
}

void Core::setApiAddress(std::string address)
{
    m_d->oidc.setApiAddress(std::move(address));
}

void Core::reopenAudit()
{
    m_d->auditDevices.reopen();
}

} // namespace kith::core
