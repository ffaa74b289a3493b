// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "policy/Policy.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::policy {

using TemplateMetadata = std::map<std::string, std::string, std::less<>>;

/// What templates can name (spec/engine.md §9.6). A value; filled by whoever knows the entity.
struct TemplateValues {
    struct Alias {
        std::string id;
        std::string name;
        std::string accessor;
        TemplateMetadata metadata;
        TemplateMetadata customMetadata;
    };
    struct Entity {
        std::string id;
        std::string name;
        TemplateMetadata metadata;
        std::vector<Alias> aliases;
    };
    struct Group {
        std::string id;
        std::string name;
        TemplateMetadata metadata;
        bool sameNamespace = true; ///< Names find only groups of the policy's namespace.
    };
    std::optional<Entity> entity; ///< None: a token without one.
    std::vector<Group> groups;    ///< All that the entity is in, inherited ones too.
    Nanoseconds now = 0;
};

/// A text cut into literals and directives.
struct Template {
    struct Part {
        bool directive = false;
        std::string text; ///< The literal, or what stands between the braces, trimmed.
    };
    std::vector<Part> parts;

    std::vector<std::string> directives() const; ///< In order, each once.
    bool plain() const;                          ///< Without directives.
};

/// Fails with `unbalanced templating characters`.
Result<Template> parseTemplate(std::string_view text);

/// The value of one directive; none if it names what isn't there.
std::optional<std::string> templateValue(std::string_view directive, const TemplateValues &values);

/// The policy with its templated paths filled in. A stanza whose template can't be filled is left out. Fails when a
/// value holds `/`, `*` or `+` and the policy doesn't allow it: the whole token is unusable then.
Result<Policy> renderPolicy(const Policy &policy, const TemplateValues &values);

} // namespace kith::policy
