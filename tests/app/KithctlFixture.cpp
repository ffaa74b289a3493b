// SPDX-License-Identifier: Apache-2.0
#include "app/KithctlFixture.h"

namespace kith::test {

KithctlFixture::Run KithctlFixture::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("XDG_DATA_HOME"), path("data"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(KITH_BINARY_DIR "/kithctl"), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120'000))
        return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

KithctlFixture::Run KithctlFixture::onCore(const QStringList &arguments, const QByteArray &input) const
{
    return run(QStringList{QStringLiteral("--core"), core()} + arguments, input);
}

QString KithctlFixture::write(const char *name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("can't write %s", name);
    return file.fileName();
}

void KithctlFixture::importDocument(const QByteArray &document) const
{
    const Run done = onCore({QStringLiteral("import"), QStringLiteral("-")}, document);
    QVERIFY2(done.status == 0, qPrintable(done.err));
}

} // namespace kith::test
