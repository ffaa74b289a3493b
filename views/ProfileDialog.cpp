// SPDX-License-Identifier: Apache-2.0
#include "ProfileDialog.h"

#include "Chip.h"
#include "DiagnosisText.h"
#include "ErrorText.h"
#include "ProfileForm.h"
#include "TrustOffer.h"
#include "connection/Diagnosis.h"

#include <QDialogButtonBox>
#include <QFutureWatcher>
#include <QPushButton>
#include <QVBoxLayout>

namespace kith::views {

using connection::Profile;
using connection::ProfileProblem;

class ProfileDialog::Private
{
public:
    Private(ProfileDialog &dialog, connection::Profiles &all, const Profile &edited)
        : q(dialog), profiles(all), isNew(edited.id.isEmpty()), form(new ProfileForm(edited, &dialog))
    {}

    void build();
    void edited();
    void test();
    void tested(const connection::Diagnosis &diagnosis);
    void trust(const QString &fingerprint);
    void save();

    ProfileDialog &q;
    connection::Profiles &profiles;
    const bool isNew;
    ProfileForm *form;
    FieldNote *note = nullptr;
    TrustOffer *trustOffer = nullptr;
    QPushButton *testButton = nullptr;
    int generation = 0; ///< Of what is typed: an answer to what was typed before says nothing of it.
};

void ProfileDialog::Private::build()
{
    q.setObjectName(QStringLiteral("profileDialog"));
    q.setWindowTitle(isNew ? ProfileDialog::tr("New connection")
                           : ProfileDialog::tr("Connection %1").arg(form->typed().name));
    q.setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(form, &ProfileForm::edited, &q, [this] { edited(); });
    note = new FieldNote(&q);
    note->setObjectName(QStringLiteral("profileNote"));
    trustOffer = new TrustOffer(ProfileDialog::tr("Trust this certificate"), &q);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, &q);
    buttons->button(QDialogButtonBox::Save)->setObjectName(QStringLiteral("saveProfileButton"));
    testButton = buttons->addButton(ProfileDialog::tr("&Test"), QDialogButtonBox::ActionRole);
    testButton->setObjectName(QStringLiteral("testProfileButton"));
    QObject::connect(trustOffer, &TrustOffer::trusted, &q, [this](const QString &fingerprint) { trust(fingerprint); });
    QObject::connect(testButton, &QPushButton::clicked, &q, [this] { test(); });
    QObject::connect(buttons, &QDialogButtonBox::accepted, &q, [this] { save(); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, &q, &QDialog::reject);
    auto *rows = new QVBoxLayout(&q);
    rows->setSpacing(12);
    rows->addStrut(q.fontMetrics().averageCharWidth() * 80); // at least; more where the texts need it
    rows->addWidget(form);
    rows->addWidget(note);
    rows->addWidget(trustOffer);
    rows->addWidget(buttons);
}

void ProfileDialog::Private::edited()
{
    ++generation;
    testButton->setEnabled(true);
    note->say({});
    trustOffer->withdraw();
}

void ProfileDialog::Private::test()
{
    const int asked = ++generation;
    testButton->setEnabled(false);
    note->say(ProfileDialog::tr("Asking the server …"), Tone::Quiet);
    auto *watcher = new QFutureWatcher<connection::Diagnosis>(&q);
    QObject::connect(watcher, &QFutureWatcherBase::finished, &q, [this, watcher, asked] {
        watcher->deleteLater();
        if (asked != generation)
            return;
        testButton->setEnabled(true);
        if (!watcher->isCanceled())
            tested(watcher->result());
    });
    watcher->setFuture(connection::diagnose(form->typed()));
}

void ProfileDialog::Private::tested(const connection::Diagnosis &diagnosis)
{
    const bool fine = diagnosis.cause == connection::Cause::Fine;
    note->say(diagnosisText(diagnosis), fine ? Tone::Good : Tone::Bad);
    trustOffer->offer(diagnosis, TrustOffer::Replacing::Allowed);
    q.adjustSize();
}

void ProfileDialog::Private::trust(const QString &fingerprint)
{
    form->pin(fingerprint);
    test();
}

void ProfileDialog::Private::save()
{
    const Profile wanted = form->typed();
    const ProfileProblem problem = profiles.problem(wanted);
    if (form->showProblem(problem))
        return note->say(problemText(problem));
    const auto put = profiles.put(wanted);
    if (!put) {
        note->say(ProfileDialog::tr("It can’t be kept: %1").arg(errorText(put.error())));
        return;
    }
    Q_EMIT q.saved(wanted.name.trimmed());
    q.accept();
}

ProfileDialog::ProfileDialog(connection::Profiles &profiles, const Profile &profile, QWidget *parent)
    : QDialog(parent), m_d(std::make_unique<Private>(*this, profiles, profile))
{
    m_d->build();
}

ProfileDialog::~ProfileDialog() = default;

} // namespace kith::views
