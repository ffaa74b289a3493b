// SPDX-License-Identifier: Apache-2.0
#include "views/Language.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <map>

using namespace kith;
using views::Language;

namespace {

/// One text of a .ts file.
struct Message {
    QString context, source, comment;
    bool plural = false;
    bool finished = true;
    QStringList translations; ///< One a plural form.

    QString who() const { return context + QStringLiteral(": ") + source; }
};

Message readMessage(QXmlStreamReader &xml, const QString &context)
{
    Message message;
    message.context = context;
    message.plural = xml.attributes().value(QStringLiteral("numerus")) == QStringLiteral("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QStringLiteral("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QStringLiteral("comment")) {
            message.comment = xml.readElementText();
        } else if (xml.name() == QStringLiteral("translation")) {
            message.finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            if (!message.plural)
                message.translations = {xml.readElementText()};
            else
                while (xml.readNextStartElement())
                    message.translations.push_back(xml.readElementText());
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

std::vector<Message> readTexts(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(name));
    std::vector<Message> messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QStringLiteral("name"))
            context = xml.readElementText();
        else if (xml.name() == QStringLiteral("message"))
            messages.push_back(readMessage(xml, context));
    }
    if (xml.hasError())
        qFatal("%s: %s", qPrintable(name), qPrintable(xml.errorString()));
    return messages;
}

/// What a text has filled in: %1, %L1, %n; as often as it stands there.
QStringList placesIn(const QString &text)
{
    static const QRegularExpression place(QStringLiteral("%L?[0-9n]"));
    QStringList places;
    for (auto match = place.globalMatch(text); match.hasNext();)
        places.push_back(match.next().captured());
    places.sort();
    return places;
}

QString fileOf(const QString &language)
{
    return QStringLiteral(KITH_SOURCE_DIR "/translations/kith_%1.ts").arg(language);
}

} // namespace

/// The files of the translators against the sources.
class tst_Translations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areComplete_data();
    void areComplete();
    void fillInTheSame();
    void nameTheSameThingAlike();
    void areTheLanguagesOfTheProgram();
    void haveTheirPlurals();
    void haveQtsTexts();
};

void tst_Translations::areComplete_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("de") << QStringList();
    QTest::newRow("en") << QStringList{QStringLiteral("-pluralonly")};
}

/// What lupdate would make of the file now is what it is.
void tst_Translations::areComplete()
{
    QFETCH(QStringList, options);
    const QString language = QString::fromLatin1(QTest::currentDataTag());
    QTemporaryDir folder;
    const QString updated = folder.filePath(QStringLiteral("kith_%1.ts").arg(language));
    QVERIFY(QFile::copy(fileOf(language), updated));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(KITH_SOURCE_DIR));
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    lupdate.start(QStringLiteral(KITH_LUPDATE),
                  QStringList{QStringLiteral("-no-obsolete"), QStringLiteral("-locations"), QStringLiteral("none"),
                              QStringLiteral("views"), QStringLiteral("models"), QStringLiteral("app"),
                              QStringLiteral("-ts"), updated} +
                      options);
    QVERIFY(lupdate.waitForFinished(100'000));
    const QString said = QString::fromUtf8(lupdate.readAll());
    QVERIFY2(lupdate.exitCode() == 0, qPrintable(said));
    QVERIFY2(!said.contains(QStringLiteral("lacks Q_OBJECT")), qPrintable(said)); // its texts would not be found

    const std::vector<Message> messages = readTexts(updated);
    QVERIFY(messages.size() > 20);
    QStringList missing;
    for (const Message &message : messages)
        if (!message.finished || message.translations.contains(QString()) || message.translations.isEmpty())
            missing.push_back(message.who());
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
    QCOMPARE(readTexts(fileOf(language)).size(), messages.size()); // nothing stands there that nobody says
}

void tst_Translations::fillInTheSame()
{
    const auto keys = [](const QString &text) { return text.count(QLatin1Char('&')); };
    const auto places = [](const QString &text, bool countsOne) {
        QStringList all = placesIn(text);
        if (countsOne) // which may be said in words
            all.removeIf([](const QString &place) { return place.endsWith(QLatin1Char('n')); });
        return all;
    };
    for (const QString &language : Language::all())
        for (const Message &message : readTexts(fileOf(language)))
            for (const QString &translation : message.translations) {
                const bool one = message.plural && translation == message.translations.front();
                QVERIFY2(places(translation, one) == places(message.source, one), qPrintable(message.who()));
                QVERIFY2(keys(translation) == keys(message.source), qPrintable(message.who()));
            }
}

/// A button or a page isn't called otherwise in another place.
void tst_Translations::nameTheSameThingAlike()
{
    std::map<QString, QString> known;
    for (const Message &message : readTexts(fileOf(QStringLiteral("de")))) {
        if (!message.comment.isEmpty())
            continue;
        const QString all = message.translations.join(QLatin1Char('\n'));
        const QString before = known.try_emplace(message.source, all).first->second;
        QVERIFY2(before == all, qPrintable(message.who()));
    }
}

void tst_Translations::areTheLanguagesOfTheProgram()
{
    QCOMPARE(Language::all(), QStringList({QStringLiteral("de"), QStringLiteral("en")}));
    QCOMPARE(Language(QLocale(QStringLiteral("de_AT"))).name(), QStringLiteral("de"));
    QCOMPARE(Language(QLocale(QStringLiteral("en_GB"))).name(), QStringLiteral("en"));
    QCOMPARE(Language(QLocale(QStringLiteral("fi_FI"))).name(), QStringLiteral("en"));
    QCOMPARE(Language(QLocale::c()).name(), QStringLiteral("en"));
}

void tst_Translations::haveTheirPlurals()
{
    const auto days = [](int count) { return QCoreApplication::translate("Ago", "%Ln day(s) ago", nullptr, count); };
    const auto aliases = [](int count) {
        return QCoreApplication::translate("kith::views::MergeDialog", "%Ln alias(es)", nullptr, count);
    };
    {
        const Language english(QLocale(QStringLiteral("en")));
        QCOMPARE(days(1), QStringLiteral("1 day ago"));
        QCOMPARE(days(2), QStringLiteral("2 days ago"));
        QCOMPARE(aliases(1), QStringLiteral("1 alias"));
    }
    const Language german(QLocale(QStringLiteral("de")));
    QCOMPARE(days(1), QStringLiteral("vor 1 Tag"));
    QCOMPARE(days(2), QStringLiteral("vor 2 Tagen"));
    QCOMPARE(aliases(0), QStringLiteral("0 Aliasse"));
    QCOMPARE(aliases(1), QStringLiteral("1 Alias"));
}

void tst_Translations::haveQtsTexts()
{
    const auto cancel = [] { return QCoreApplication::translate("QPlatformTheme", "Cancel"); };
    {
        const Language german(QLocale(QStringLiteral("de")));
        QCOMPARE(cancel(), QStringLiteral("Abbrechen"));
    }
    QCOMPARE(cancel(), QStringLiteral("Cancel"));
}

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_Translations.moc"
