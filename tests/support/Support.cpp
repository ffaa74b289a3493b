// SPDX-License-Identifier: Apache-2.0
#include "support/Support.h"

namespace kith::test {

QByteArray why(const Error &error)
{
    return QByteArray::number(error.status) + " " + QByteArray::fromStdString(error.wire) + " " +
           QByteArray::fromStdString(error.where);
}

} // namespace kith::test
