// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace kith::items {

/// One rule of a policy, taken apart for people.
struct PolicyRule {
    enum class Matches {
        Exactly,  ///< `path` alone.
        Below,    ///< Whatever begins with `stem`.
        Segments, ///< A `+` stands for one segment each; with `open` whatever follows, too.
    };
    int line = 0; ///< Where it begins, from 1.
    QString path;
    QString stem; ///< The path without the `*` at its end.
    Matches matches = Matches::Exactly;
    bool open = false;
    bool templated = false; ///< Holds `{{…}}`: another path for everybody.
    QStringList capabilities;
    bool denies = false;
    QStringList onlyParameters; ///< Allowed ones; empty: any.
    QStringList deniedParameters;
    QStringList requiredParameters;
    QDateTime expires; ///< Invalid: never.
    bool expired = false;
    QString comment;
    friend bool operator==(const PolicyRule &, const PolicyRule &) = default;
};

/// Why a text is no policy.
struct PolicyFault {
    int line = 0; ///< From 1; 0: it concerns the whole text.
    QString text;
    friend bool operator==(const PolicyFault &, const PolicyFault &) = default;
};

struct PolicyReading {
    std::vector<PolicyRule> rules; ///< In the order of the text; none when there is a fault.
    std::optional<PolicyFault> fault;
};

/// Whether a word is one of a policy's capabilities.
bool isCapability(const QString &word);

/// What the text of a policy says, or where it is wrong. Thread-safe; takes time by the text's length.
PolicyReading readPolicy(const QString &text);

} // namespace kith::items
