// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection/Diagnosis.h"
#include "connection/ProfileCheck.h"

#include <QString>

namespace kith::views {

/// What a test of a connection found, as a sentence with what to do about it.
QString diagnosisText(const connection::Diagnosis &diagnosis);

/// What is wrong with a profile, as a sentence; empty: nothing.
QString problemText(connection::ProfileProblem problem);

/// Whether it is about a certificate that the person may decide to trust.
bool isAboutCertificate(connection::Cause cause);

/// Hexadecimal digits in groups on two lines, to be compared by eye.
QString fingerprintText(QString fingerprint);

/// The certificate in a few lines: for whom, by whom, until when, and its fingerprint.
QString certificateText(const connection::CertificateInfo &certificate);

} // namespace kith::views
