// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Texts.h"
#include "views/Language.h"

#include <QFont>
#include <QPalette>

#include <array>
#include <optional>

namespace kith::test {

/// How the application is shown.
struct Variant {
    const char *name;
    bool dark = false;
    int points = 0;              ///< 0: the platform's.
    const char *language = "en"; ///< A language that Kith speaks, or one of the two that nobody does.
};

inline constexpr const char *Longer = "longer";     ///< Than any: PseudoLanguage.
inline constexpr const char *Mirrored = "mirrored"; ///< From right to left: MirroredLanguage.

inline constexpr std::array<Variant, 6> Variants{Variant{"plain"},           {"dark", true},
                                                 {"large", false, 15},       {"longer", false, 0, Longer},
                                                 {"german", false, 0, "de"}, {"right-to-left", false, 0, Mirrored}};

/// What the whole application is set to, until it ends.
class Setting
{
public:
    explicit Setting(const Variant &variant);
    ~Setting();
    Setting(const Setting &) = delete;
    Setting &operator=(const Setting &) = delete;

    bool isLonger() const { return m_longer.has_value(); }

private:
    QPalette m_platform;
    QFont m_font;
    std::optional<views::Language> m_spoken;
    std::optional<PseudoLanguage> m_longer;
    std::optional<MirroredLanguage> m_mirrored;
};

} // namespace kith::test
