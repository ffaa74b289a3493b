// SPDX-License-Identifier: Apache-2.0
#include "core/Core.h"

#include "core/Router.h"
#include "core/Sealing.h"
#include "identity/Identities.h"
#include "policy/PolicyStore.h"

namespace kith::core {

namespace {

std::shared_ptr<const policy::Acl> rootRules()
{
    auto root = std::make_shared<policy::Policy>();
    root->name = "root";
    return std::make_shared<const policy::Acl>(std::vector<std::shared_ptr<const policy::Policy>>{std::move(root)});
}

} // namespace

class Core::Private
{
public:
    Private(std::string token, std::unique_ptr<store::Store> file, std::unique_ptr<identity::Identities> people)
        : rootToken(std::move(token))
        , store(std::move(file))
        , identities(std::move(people))
        , keyring(*store)
        , sealing(*store, keyring)
        , engine{*store, identities.get(), keyring, &sealing}
        , router(engine)
    {}

    std::string rootToken;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<identity::Identities> identities;
    store::Keyring keyring;
    Sealing sealing;
    Engine engine;
    Router router;
    std::shared_ptr<const policy::Acl> everything = rootRules();
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

Response refused(int status, std::string text)
{
    Response response;
    response.status = status;
    response.errors.push_back(std::move(text));
    return response;
}

} // namespace

Core::Core(std::unique_ptr<Private> d) : m_d(std::move(d)) {}

Core::~Core() = default;

Result<std::unique_ptr<Core>> Core::open(CoreOptions options)
{
    auto store = store::Store::open(std::move(options.file));
    if (!store)
        return store.error();
    if (auto ensured = ensurePolicies(**store); !ensured)
        return ensured.error();
    auto identities = identity::Identities::open(**store);
    if (!identities)
        return identities.error();
    auto d = std::make_unique<Private>(std::move(options.rootToken), std::move(*store), std::move(*identities));
    if (options.rootKey)
        if (auto opened = d->sealing.open(*options.rootKey); !opened)
            return opened.error();
    return std::unique_ptr<Core>(new Core(std::move(d)));
}

Response Core::handle(const Request &request)
{
    try {
        if (auto wellFormed = Router::checkForm(request); !wellFormed)
            return refused(wellFormed.error().status, wellFormed.error().wire);
        if (m_d->rootToken.empty() || !store::equalSecrets(request.token, m_d->rootToken))
            return refused(403, "permission denied");
        if (!request.ns.empty())
            return refused(404, "namespace not found");
        Caller caller;
        caller.acl = m_d->everything;
        return m_d->router.run(request, caller);
    } catch (const std::exception &) {
        return refused(500, "internal error");
    }
}

identity::Identities &Core::identities()
{
    return *m_d->identities;
}

store::Store &Core::store()
{
    return *m_d->store;
}

} // namespace kith::core
