// SPDX-License-Identifier: Apache-2.0
// What nearly every file with Qt and without a window includes; compiled once (never included by hand).
#pragma once

#include "store/Pch.h"

#include <QtCore/QtCore>
