// SPDX-License-Identifier: Apache-2.0
#include "TrustOffer.h"

#include "DiagnosisText.h"
#include "Direction.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

TrustOffer::TrustOffer(const QString &buttonText, QWidget *parent)
    : QWidget(parent), m_certificate(new QLabel(this)), m_button(new QPushButton(buttonText, this))
{
    m_certificate->setObjectName(QStringLiteral("offeredCertificate"));
    m_certificate->setTextFormat(Qt::PlainText);
    alignLikeWindow(*m_certificate); // its last lines are digits
    m_certificate->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setObjectName(QStringLiteral("trustButton"));
    m_button->setAutoDefault(false);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(12);
    rows->addWidget(m_certificate);
    rows->addWidget(m_button, 0, Qt::AlignLeading);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT trusted(m_fingerprint); });
    hide();
}

void TrustOffer::offer(const connection::Diagnosis &diagnosis, Replacing replacing)
{
    if (!isAboutCertificate(diagnosis.cause) || diagnosis.chain.empty())
        return withdraw();
    m_fingerprint = diagnosis.chain.front().fingerprint;
    m_certificate->setText(certificateText(diagnosis.chain.front()));
    m_button->setVisible(replacing == Replacing::Allowed || diagnosis.cause != connection::Cause::CertificateNotPinned);
    show();
}

void TrustOffer::withdraw()
{
    hide();
}

} // namespace kith::views
