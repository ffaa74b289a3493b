// SPDX-License-Identifier: Apache-2.0
#include "core/Help.h"

namespace kith::core {

namespace {

std::string_view typeName(FieldType type)
{
    switch (type) {
    case FieldType::Text:
    case FieldType::InPath:
        return "string";
    case FieldType::Bool:
        return "bool";
    case FieldType::Int:
        return "int";
    case FieldType::Duration:
    case FieldType::SignedDuration:
        return "duration (sec)";
    case FieldType::List:
    case FieldType::Texts:
        return "slice";
    case FieldType::Pairs:
        return "keypair";
    case FieldType::Object:
        return "map";
    case FieldType::Any:
        return "any";
    }
    return "any";
}

/// In the order of their names, as people look for them.
std::string parametersText(std::vector<Field> fields)
{
    std::sort(fields.begin(), fields.end(), [](const Field &a, const Field &b) { return a.name < b.name; });
    std::string text;
    for (const Field &field : fields)
        text.append("    ").append(field.name).append(" (").append(typeName(field.type)).append(")\n");
    return text.empty() ? "    none\n" : text;
}

Response helpOf(std::string text)
{
    Response response =
        Response::of(boost::json::object{{"help", std::move(text)}, {"see_also", nullptr}, {"openapi", nullptr}});
    response.body = Body::Bare;
    return response;
}

Response helpOfMount(const identity::MountEntry &mount, const Router &router)
{
    std::string text = "## DESCRIPTION\n\nA mount of the type " + mount.type + ".\n\n## PATHS\n\n";
    for (const std::string_view pattern : router.patternsIn(mount))
        text.append("    ").append(pattern).append("\n");
    return helpOf(std::move(text));
}

} // namespace

Response help(const Request &request, const Target &target, const Router &router)
{
    const std::string mount = target.mount ? target.mount->fullPath() : std::string();
    if (target.mount && (request.path == mount || request.path + "/" == mount))
        return helpOfMount(*target.mount, router);
    if (!target.route) {
        Response refused = notFound();
        if (target.refusal)
            refused.errors.push_back(target.refusal->wire);
        return refused;
    }
    std::string operations;
    for (const Endpoint &endpoint : target.route->endpoints)
        operations.append(operations.empty() ? "" : ", ").append(operationName(endpoint.operation));
    const std::string asked = request.path.starts_with(mount) ? request.path.substr(mount.size()) : request.path;
    return helpOf("Request:        " + asked + "\nMatching Route: " + std::string(router.patternIn(target)) +
                  "\n\n## PARAMETERS\n\n" + parametersText(target.route->fields) +
                  "\n## DESCRIPTION\n\nOperations: " + operations + "\n");
}

} // namespace kith::core
