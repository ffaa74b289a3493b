// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/Error.h"

#include <tl/expected.hpp>

#include <utility>

namespace kith {

/// A value or an Error. A class of its own, since compilers don't report an ignored tl::expected.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using Base = tl::expected<T, Error>;
    using Base::Base;

    Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error>
{
public:
    using Base = tl::expected<void, Error>;
    using Base::Base;

    Result(Error error) : Base(tl::unexpect, std::move(error)) {}
};

} // namespace kith
