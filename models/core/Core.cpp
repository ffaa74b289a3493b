// SPDX-License-Identifier: Apache-2.0
#include "core/Core.h"

#include "core/Router.h"
#include "identity/Identities.h"
#include "policy/PolicyStore.h"

namespace kith::core {

class Core::Private
{
public:
    Private(std::string token, std::unique_ptr<store::Store> file, std::unique_ptr<identity::Identities> people)
        : rootToken(std::move(token))
        , store(std::move(file))
        , identities(std::move(people))
        , router(*store, identities.get())
    {}

    std::string rootToken;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<identity::Identities> identities;
    Router router;
};

namespace {

/// Takes as long for a wrong byte at the front as for one at the end, so that answers tell nothing about a secret.
bool equalSecrets(std::string_view left, std::string_view right)
{
    if (left.size() != right.size())
        return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        difference = static_cast<unsigned char>(
            difference | (static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i])));
    return difference == 0;
}

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
    return std::unique_ptr<Core>(new Core(std::move(d)));
}

Response Core::handle(const Request &request)
{
    try {
        if (auto wellFormed = Router::checkForm(request); !wellFormed)
            return refused(wellFormed.error().status, wellFormed.error().wire);
        if (m_d->rootToken.empty() || !equalSecrets(request.token, m_d->rootToken))
            return refused(403, "permission denied");
        if (!request.ns.empty())
            return refused(404, "namespace not found");
        return m_d->router.run(request);
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
