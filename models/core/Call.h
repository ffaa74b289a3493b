// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/Fields.h"
#include "core/Request.h"
#include "identity/MountTable.h"
#include "store/Ids.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::core {

struct Caller;
class Router;

/// One request on its way to its handler: the parameters of the body and of the path, in the types that the route
/// declares. Lives as long as the handler runs. Reading a parameter that the route doesn't declare, or as another
/// type, throws std::logic_error: a defect of the handler.
///
/// Each reader gives nullopt when the parameter wasn't sent. Null counts as sent, as the type's empty value.
class Call
{
public:
    Call(const Router &router, const Request &request, const Caller &caller)
        : m_router(router), m_request(request), m_caller(caller)
    {}

    const Request &request() const { return m_request; }
    /// To run other requests, as kith/apply does.
    const Router &router() const { return m_router; }
    /// Who asks; on a public endpoint nobody.
    const Caller &caller() const { return m_caller; }
    NamespaceId ns() const { return space().id; }
    /// The namespace that the request is about.
    const identity::Namespace &space() const { return m_space ? *m_space : m_mounts->namespaces().front(); }
    /// The mount that the path leads to. Throws std::logic_error when there is none, as for `kith/`.
    const identity::MountEntry &mount() const;
    /// All mounts of the moment when the request came.
    const identity::MountTable &mounts() const { return *m_mounts; }

    /// Sent at all, null included (spec/engine.md §6: lookups count by presence).
    bool has(std::string_view name) const;
    bool isNull(std::string_view name) const;
    /// Whether Response::text will do.
    bool takesText() const { return m_form == DataForm::Text; }

    std::optional<std::string> text(std::string_view name) const;
    std::optional<bool> flag(std::string_view name) const;
    std::optional<std::int64_t> number(std::string_view name) const;
    std::optional<std::int64_t> seconds(std::string_view name) const;
    std::optional<std::vector<std::string>> list(std::string_view name) const;
    std::optional<Pairs> pairs(std::string_view name) const;
    std::optional<boost::json::object> object(std::string_view name) const;
    const boost::json::value *any(std::string_view name) const;

    /// A parameter in the path, which always exists: `:id` of "identity/entity/id/:id".
    std::string inPath(std::string_view name) const { return text(name).value_or(std::string()); }

private:
    friend class Router;
    template <class T>
    const T *value(std::string_view name, std::initializer_list<FieldType> types) const;

    const Router &m_router;
    const Request &m_request;
    const Caller &m_caller;
    std::shared_ptr<const identity::MountTable> m_mounts;
    const identity::Namespace *m_space = nullptr; ///< Null: the root.
    const identity::MountEntry *m_mount = nullptr;
    const std::vector<Field> *m_fields = nullptr; ///< Of the route.
    DataForm m_form = DataForm::Value;
    std::map<std::string, FieldValue, std::less<>> m_values;
};

} // namespace kith::core
