// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Call.h"
#include "core/Request.h"
#include "identity/EntityViews.h"
#include "store/Result.h"
#include "store/Session.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kith::identity {
class Identities;
}

namespace kith::core {

struct Engine;

/// Answers from one read transaction. Inside kith/apply that is the write under way.
using ReadHandler = Result<Response> (*)(const Call &, store::Session &);
/// As ReadHandler, for what is told of one entity: that entity, or an answer without one.
using FoundEntity = std::variant<identity::EntityView, Response>;
using EntityHandler = Result<FoundEntity> (*)(const Call &, store::Session &);
/// Changes inside the savepoint of one write: an Error or a Response with a status >= 400 undoes all it did.
using WriteHandler = Result<Response> (*)(const Call &, store::WriteSession &);
/// Answers from the identities in memory (graph, index), so from the last commit: refused inside kith/apply.
using IdentitiesHandler = Result<Response> (*)(const Call &, identity::Identities &);
/// Runs its own transactions, for what must not hold the writer: password hashes, files, other servers; and for what
/// concerns the core as a whole. Refused inside kith/apply.
using EngineHandler = Result<Response> (*)(const Call &, Engine &);
/// Looks and checks in transactions of its own, then gives the one write that is left to do, or the answer. Here an
/// answer with a status >= 400 undoes nothing. The call lives until the write is done. Refused inside kith/apply.
using Write = std::function<Result<Response>(store::WriteSession &)>;
using Prepared = std::variant<Response, Write>;
using PreparingHandler = Result<Prepared> (*)(const Call &, Engine &);
using Handler =
    std::variant<ReadHandler, EntityHandler, WriteHandler, IdentitiesHandler, EngineHandler, PreparingHandler>;

struct Endpoint {
    Operation operation;
    Handler handler;
};

/// Who may come to an endpoint (spec/engine.md §8).
enum class Gate {
    Policy, ///< Whoever's policies grant the operation on the path.
    Sudo,   ///< The deciding rule must grant `sudo` as well.
    Open,   ///< Everybody; who sends a token must have a good one. The handler decides by it what it shows.
    Public, ///< Everybody, without a token.
    Always, ///< Everybody, also while the core is sealed or has no keys yet.
};

/// Which parameters an endpoint takes.
enum class Parameters {
    Declared, ///< Those of its route; of others it warns when it answers with data.
    Any,      ///< Whatever a write sends is what is kept, as in a kv.
};

/// How whoever may not come to an endpoint is told so.
enum class Refusal {
    Errors, ///< 403, as everywhere.
    Bearer, ///< 401, as a resource that takes OAuth's bearer tokens tells it (RFC 6750 §3).
};

/// What an answer takes.
enum class Cost {
    Usual,
    Slow, ///< Signatures, or many objects: a read that is not to be run where others wait for quick ones.
};

/// Whether what a POST goes to is there already: it then needs `update`, else `create` (spec/engine.md §0).
/// What fails here is told before the rules are asked.
using ExistenceCheck = Result<bool> (*)(const Call &, store::Session &);

/// One line of a table of endpoints. Tables read top to bottom: the first pattern that fits decides.
///
/// A pattern is a path whose segments may be parameters: `:id` is a generic name (starts and ends with a letter, digit
/// or _; inside also - and .), `:name+` is anything, slashes too; `:name*` may be nothing as well. A trailing / is
/// optional in the path; a list asks with it. So "identity/entity/id/" is what lists, "identity/entity/id/:id" one
/// entity (spec/engine.md §0). In a table of a kind of mount patterns are relative to the mount: "users/:name".
struct Route {
    std::string_view pattern;
    std::vector<Field> fields; ///< Parameters known besides those in the path; texts in the path need not be repeated.
    std::vector<Endpoint> endpoints;
    Gate gate = Gate::Policy;
    Parameters parameters = Parameters::Declared;
    ExistenceCheck exists = nullptr; ///< Null: a POST is always an update.
    Refusal refusal = Refusal::Errors;
    Cost cost = Cost::Usual;
};

/// `endpoints`, and for every other operation 405 without a text: how those few answer that stand outside the mounts.
std::vector<Endpoint> andNothingElse(std::vector<Endpoint> endpoints);

/// For every operation 404 `unsupported path`, bare: below those endpoints that need no token.
std::vector<Endpoint> unsupportedPath();

/// The parameters that `pattern` finds in `path`, or nothing when it doesn't fit.
std::optional<std::map<std::string, std::string, std::less<>>> match(std::string_view pattern, std::string_view path);

/// 404 without a text: there is no such object.
Response notFound();

/// 202: what is said of a tidy, which is done when the answer comes, though it says otherwise.
Response tidyStarted();

/// What a list answers: `keys` and, when it isn't empty, `key_info`. No keys: 404 (spec/engine.md §0).
Response listOf(boost::json::array keys, boost::json::object keyInfo = {});

} // namespace kith::core
