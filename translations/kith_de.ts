<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>Ago</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln minute(s) ago</source>
        <translation>
            <numerusform>vor %Ln Minute</numerusform>
            <numerusform>vor %Ln Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) ago</source>
        <translation>
            <numerusform>vor %Ln Stunde</numerusform>
            <numerusform>vor %Ln Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>vor %Ln Tag</numerusform>
            <numerusform>vor %Ln Tagen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemoteWindows</name>
    <message>
        <source>Nothing was changed: %1</source>
        <comment>why</comment>
        <translation>Nichts wurde geändert: %1</translation>
    </message>
    <message>
        <source>While it was locked: %1</source>
        <comment>what was done</comment>
        <translation>Während der Sperre: %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln change(s) waited and were not begun.</source>
        <translation>
            <numerusform>%Ln Änderung wartete und wurde nicht begonnen.</numerusform>
            <numerusform>%Ln Änderungen warteten und wurden nicht begonnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Locked.</source>
        <translation>Gesperrt.</translation>
    </message>
    <message>
        <source>Locked, since nobody was there.</source>
        <translation>Gesperrt, weil niemand da war.</translation>
    </message>
    <message>
        <source>Locked with the screen.</source>
        <translation>Mit dem Bildschirm gesperrt.</translation>
    </message>
    <message>
        <source>What you typed in policies is still there, and isn’t saved yet.</source>
        <translation>Was Sie in Richtlinien geschrieben haben, ist noch da und nicht gespeichert.</translation>
    </message>
</context>
<context>
    <name>Starter</name>
    <message>
        <source>Open another core</source>
        <translation>Anderen Kern öffnen</translation>
    </message>
</context>
<context>
    <name>Visit</name>
    <message>
        <source>Nothing is called “%1”.</source>
        <translation>Nichts heißt „%1“.</translation>
    </message>
    <message>
        <source>The window was not ready after a minute.</source>
        <translation>Das Fenster war nach einer Minute nicht bereit.</translation>
    </message>
</context>
<context>
    <name>kith::connection::LocalConnection</name>
    <message>
        <source>Local core</source>
        <translation>Lokaler Kern</translation>
    </message>
</context>
<context>
    <name>kith::items::AliasTableModel</name>
    <message>
        <source>Alias</source>
        <translation>Alias</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Mount</translation>
    </message>
    <message>
        <source>Type</source>
        <comment>of a mount</comment>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>Entität</translation>
    </message>
    <message>
        <source>Accessor</source>
        <translation>Accessor</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>kith::items::EntityTableModel</name>
    <message>
        <source>Disabled</source>
        <translation>Deaktiviert</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Aliasse</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Policies</source>
        <comment>of the entity itself</comment>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>kith::items::MemberTableModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Aliasse</translation>
    </message>
    <message>
        <source>Way in</source>
        <comment>by which groups somebody is a member</comment>
        <translation>Weg hinein</translation>
    </message>
    <message>
        <source>Policies</source>
        <comment>that somebody has in effect</comment>
        <translation>Richtlinien</translation>
    </message>
</context>
<context>
    <name>kith::items::MountTableModel</name>
    <message>
        <source>Mount</source>
        <translation>Mount</translation>
    </message>
    <message>
        <source>Type</source>
        <comment>of a mount</comment>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Aliasse</translation>
    </message>
    <message>
        <source>Groups</source>
        <comment>external ones whose members come from the mount</comment>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Accessor</source>
        <translation>Accessor</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
</context>
<context>
    <name>kith::items::PolicySourcesModel</name>
    <message>
        <source>On the entity itself</source>
        <translation>An der Entität selbst</translation>
    </message>
    <message>
        <source>%1 (not defined)</source>
        <translation>%1 (nicht definiert)</translation>
    </message>
    <message>
        <source>%1 (%2 ways)</source>
        <translation>%1 (%2 Wege)</translation>
    </message>
</context>
<context>
    <name>kith::items::PolicyTableModel</name>
    <message>
        <source>%1, not defined</source>
        <translation>%1, nicht definiert</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Groups</source>
        <comment>that carry the policy themselves</comment>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Entities</source>
        <comment>that carry the policy themselves</comment>
        <translation>Entitäten</translation>
    </message>
</context>
<context>
    <name>kith::items::Rows</name>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
</context>
<context>
    <name>kith::views::AboutBox</name>
    <message>
        <source>About Kith</source>
        <translation>Über Kith</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Kith %1&lt;/h3&gt;&lt;p&gt;Browse and administer identities, and see the source of every right.&lt;/p&gt;&lt;p&gt;Core: %2&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Kith %1&lt;/h3&gt;&lt;p&gt;Identitäten ansehen und verwalten, und sehen, woher jedes Recht kommt.&lt;/p&gt;&lt;p&gt;Kern: %2&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>kith::views::AddToGroupDialog</name>
    <message>
        <source>Add %1 to a group</source>
        <translation>%1 zu einer Gruppe hinzufügen</translation>
    </message>
    <message>
        <source>Move %1 from %2</source>
        <translation>%1 aus %2 verschieben</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Type a part of the group’s name; the arrow keys choose among what is found.</source>
        <translation>Geben Sie einen Teil des Gruppennamens ein; mit den Pfeiltasten wählen Sie unter dem Gefundenen.</translation>
    </message>
    <message>
        <source>No group is called so.</source>
        <translation>Keine Gruppe heißt so.</translation>
    </message>
</context>
<context>
    <name>kith::views::AliasDialog</name>
    <message>
        <source>Change alias</source>
        <translation>Alias ändern</translation>
    </message>
    <message>
        <source>&amp;Logs in as:</source>
        <translation>&amp;Meldet sich an als:</translation>
    </message>
    <message>
        <source>&amp;Group there:</source>
        <translation>&amp;Gruppe dort:</translation>
    </message>
    <message>
        <source>its mount is gone</source>
        <translation>sein Mount ist fort</translation>
    </message>
    <message>
        <source>&amp;Mount:</source>
        <translation>M&amp;ount:</translation>
    </message>
    <message>
        <source>Meta&amp;data:</source>
        <translation>Meta&amp;daten:</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Metadata of the alias</source>
        <translation>Metadaten des Alias</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Clear a key to take its pair away.</source>
        <translation>Leeren Sie einen Schlüssel, um sein Paar zu entfernen.</translation>
    </message>
    <message>
        <source>There are two values for “%1”.</source>
        <translation>Für „%1“ gibt es zwei Werte.</translation>
    </message>
    <message>
        <source>A log-in name is needed.</source>
        <translation>Ein Anmeldename fehlt.</translation>
    </message>
    <message>
        <source>new key</source>
        <translation>neuer Schlüssel</translation>
    </message>
</context>
<context>
    <name>kith::views::AliasEdit</name>
    <message>
        <source>Log-in name</source>
        <translation>Anmeldename</translation>
    </message>
    <message>
        <source>Accessor of its mount</source>
        <translation>Accessor seines Mounts</translation>
    </message>
    <message>
        <source>Change alias %1 of %2</source>
        <translation>Alias %1 von %2 ändern</translation>
    </message>
    <message>
        <source>Changed alias %1 of %2</source>
        <translation>Alias %1 von %2 geändert</translation>
    </message>
    <message>
        <source>Somebody else changed the alias %1 of %2 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen den Alias %1 von %2 geändert.</translation>
    </message>
</context>
<context>
    <name>kith::views::AliasList</name>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Log-in name</source>
        <translation>Anmeldename</translation>
    </message>
    <message>
        <source>new log-in name</source>
        <translation>neuer Anmeldename</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Mount</translation>
    </message>
    <message>
        <source>its mount is gone</source>
        <translation>sein Mount ist fort</translation>
    </message>
    <message>
        <source>Nobody can log in by it any more. Accessor: %1</source>
        <translation>Damit kann sich niemand mehr anmelden. Accessor: %1</translation>
    </message>
    <message>
        <source>%1, accessor %2</source>
        <translation>%1, Accessor %2</translation>
    </message>
    <message>
        <source>Change alias %1</source>
        <translation>Alias %1 ändern</translation>
    </message>
    <message>
        <source>Remove alias %1</source>
        <translation>Alias %1 entfernen</translation>
    </message>
    <message>
        <source>There is one alias a mount, and every mount has one here.</source>
        <translation>Es gibt einen Alias je Mount, und jeder Mount hat hier schon einen.</translation>
    </message>
    <message>
        <source>A log-in name is needed.</source>
        <translation>Ein Anmeldename fehlt.</translation>
    </message>
    <message>
        <source>“%1” is how %2 logs in there. Take it away from them first.</source>
        <translation>Mit „%1“ meldet sich dort %2 an. Nehmen Sie den Alias zuerst dort weg.</translation>
    </message>
</context>
<context>
    <name>kith::views::AliasesPage</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Aliasse</translation>
    </message>
    <message>
        <source>mount gone</source>
        <translation>Mount fort</translation>
    </message>
    <message>
        <source>Filter aliases</source>
        <translation>Aliasse filtern</translation>
    </message>
    <message>
        <source>Filter by name …</source>
        <translation>Nach Namen filtern …</translation>
    </message>
    <message>
        <source>Which aliases are shown</source>
        <translation>Welche Aliasse gezeigt werden</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Mount gone</source>
        <translation>Mount fort</translation>
    </message>
    <message>
        <source>Of which mount</source>
        <translation>Von welchem Mount</translation>
    </message>
    <message>
        <source>All mounts</source>
        <translation>Alle Mounts</translation>
    </message>
    <message>
        <source>&amp;Go to the entity</source>
        <translation>&amp;Zur Entität</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>The aliases can’t be read</source>
        <translation>Die Aliasse sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Mount gone %1</source>
        <translation>Mount fort %1</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen aliases (Del)</source>
        <translation>Gewählte Aliasse entfernen (Entf)</translation>
    </message>
    <message>
        <source>No alias matches</source>
        <translation>Kein Alias passt</translation>
    </message>
    <message>
        <source>No name holds “%1”.</source>
        <translation>Kein Name enthält „%1“.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Every alias has its mount</source>
        <translation>Jeder Alias hat seinen Mount</translation>
    </message>
    <message>
        <source>When an auth method is disabled, aliases that named it stay behind. Here they would be found.</source>
        <translation>Wird eine Anmeldemethode deaktiviert, so bleiben ihre Aliasse zurück. Hier wären sie zu finden.</translation>
    </message>
    <message>
        <source>Nobody logs in there yet</source>
        <translation>Dort meldet sich noch niemand an</translation>
    </message>
    <message>
        <source>This mount has no aliases.</source>
        <translation>Dieser Mount hat keine Aliasse.</translation>
    </message>
    <message>
        <source>No aliases are here yet</source>
        <translation>Noch gibt es hier keine Aliasse</translation>
    </message>
    <message>
        <source>An alias is a name under which a person or a program logs in at an auth method. The first login makes it, or it is added to an entity by hand.</source>
        <translation>Ein Alias ist ein Name, unter dem sich eine Person oder ein Programm an einer Anmeldemethode anmeldet. Die erste Anmeldung legt ihn an, oder jemand gibt ihn einer Entität von Hand.</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>%1 selected of %2</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
</context>
<context>
    <name>kith::views::BulkDialog</name>
    <message>
        <source>Change %1</source>
        <comment>12 people</comment>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Give policies</source>
        <translation>Richtlinien geben</translation>
    </message>
    <message>
        <source>Take policies away</source>
        <translation>Richtlinien nehmen</translation>
    </message>
    <message>
        <source>Set metadata</source>
        <translation>Metadaten setzen</translation>
    </message>
    <message>
        <source>Clear metadata</source>
        <translation>Metadaten löschen</translation>
    </message>
    <message>
        <source>Remove from a group</source>
        <translation>Aus einer Gruppe nehmen</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Deaktivieren</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Aktivieren</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>&amp;What:</source>
        <translation>&amp;Was:</translation>
    </message>
    <message>
        <source>&amp;Policies:</source>
        <translation>&amp;Richtlinien:</translation>
    </message>
    <message>
        <source>Names, with commas between them</source>
        <translation>Namen, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;Key:</source>
        <translation>&amp;Schlüssel:</translation>
    </message>
    <message>
        <source>&amp;Value:</source>
        <translation>&amp;Wert:</translation>
    </message>
    <message>
        <source>&amp;Group:</source>
        <translation>&amp;Gruppe:</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>%1 – %L2 of them</source>
        <comment>group; how many are in it</comment>
        <translation>%1 – %L2 davon</translation>
    </message>
    <message>
        <source>“root” is for root tokens only and can&apos;t be given to anyone.</source>
        <translation>„root“ ist nur für Root-Token und kann niemandem gegeben werden.</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>None of them is in a group that one can be taken out of.</source>
        <translation>Keiner davon ist in einer Gruppe, aus der man jemanden nehmen kann.</translation>
    </message>
</context>
<context>
    <name>kith::views::BulkPreview</name>
    <message numerus="yes">
        <source>%L1 of %Ln people</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%L1 von %Ln Person</numerusform>
            <numerusform>%L1 von %Ln Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>All of them carry %1 already</source>
        <translation>Alle davon tragen %1 schon</translation>
    </message>
    <message>
        <source>+ %1 for %2</source>
        <comment>policy; 3 of 5 people</comment>
        <translation>+ %1 für %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have it by a group already</source>
        <translation>
            <numerusform>%Ln davon hat sie schon durch eine Gruppe</numerusform>
            <numerusform>%Ln davon haben sie schon durch eine Gruppe</numerusform>
        </translation>
    </message>
    <message>
        <source>No policy is called %1: it grants nothing until it is defined</source>
        <translation>Keine Richtlinie heißt %1: Sie gewährt nichts, bis sie definiert ist</translation>
    </message>
    <message>
        <source>Nobody of them carries %1</source>
        <translation>Keiner davon trägt %1</translation>
    </message>
    <message>
        <source>− %1 from %2</source>
        <comment>policy; 3 of 5 people</comment>
        <translation>− %1 von %2</translation>
    </message>
    <message>
        <source>Whoever has it by a group keeps it</source>
        <translation>Wer sie durch eine Gruppe hat, behält sie</translation>
    </message>
    <message>
        <source>All of them have %1 already</source>
        <translation>Alle davon haben %1 schon</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <comment>key = value; 3 of 5 people</comment>
        <translation>%1 für %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have another value, which is replaced: %1</source>
        <translation>
            <numerusform>%Ln davon hat einen anderen Wert, der ersetzt wird: %1</numerusform>
            <numerusform>%Ln davon haben einen anderen Wert, der ersetzt wird: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody of them has %1</source>
        <translation>Keiner davon hat %1</translation>
    </message>
    <message>
        <source>− %1 from %2</source>
        <comment>metadata key; 3 of 5 people</comment>
        <translation>− %1 von %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>value; how many have it</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>All of them are disabled already</source>
        <translation>Alle davon sind schon deaktiviert</translation>
    </message>
    <message>
        <source>All of them are enabled already</source>
        <translation>Alle davon sind schon aktiviert</translation>
    </message>
    <message>
        <source>%1 can’t log in any more</source>
        <comment>3 of 5 people</comment>
        <translation>%1 können sich nicht mehr anmelden</translation>
    </message>
    <message>
        <source>%1 can log in again</source>
        <comment>3 of 5 people</comment>
        <translation>%1 können sich wieder anmelden</translation>
    </message>
</context>
<context>
    <name>kith::views::CloseGuard</name>
    <message>
        <source>Close the window?</source>
        <translation>Das Fenster schließen?</translation>
    </message>
    <message>
        <source>Discard what you typed in policies? It isn’t saved.</source>
        <translation>Was Sie in Richtlinien geschrieben haben, verwerfen? Es ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>Changes are still being saved. The window closes by itself as soon as they are.</source>
        <translation>Änderungen werden noch gespeichert. Das Fenster schließt sich von selbst, sobald sie es sind.</translation>
    </message>
    <message>
        <source>If you close it now, what is under way comes to its end, and what waits behind it isn’t begun.</source>
        <translation>Wenn Sie es jetzt schließen, kommt zu Ende, was unterwegs ist; was dahinter wartet, wird nicht begonnen.</translation>
    </message>
    <message>
        <source>&amp;Stay here</source>
        <translation>&amp;Hierbleiben</translation>
    </message>
    <message>
        <source>&amp;Close now</source>
        <translation>&amp;Jetzt schließen</translation>
    </message>
    <message>
        <source>A file is still being written. The window closes by itself as soon as it is complete.</source>
        <translation>Eine Datei wird noch geschrieben. Das Fenster schließt sich von selbst, sobald sie vollständig ist.</translation>
    </message>
    <message>
        <source>If you close it now, no file is written.</source>
        <translation>Wenn Sie es jetzt schließen, wird keine Datei geschrieben.</translation>
    </message>
</context>
<context>
    <name>kith::views::ColumnsTable</name>
    <message>
        <source>&amp;All as at first</source>
        <translation>&amp;Alle wie anfangs</translation>
    </message>
</context>
<context>
    <name>kith::views::ConditionDialog</name>
    <message>
        <source>Show only entities …</source>
        <translation>Nur Entitäten zeigen …</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Also in its &amp;subgroups</source>
        <translation>Auch in ihren &amp;Untergruppen</translation>
    </message>
    <message>
        <source>&amp;In the group:</source>
        <translation>&amp;In der Gruppe:</translation>
    </message>
    <message>
        <source>Also by their &amp;groups</source>
        <translation>Auch durch ihre &amp;Gruppen</translation>
    </message>
    <message>
        <source>&amp;With the policy:</source>
        <translation>&amp;Mit der Richtlinie:</translation>
    </message>
    <message>
        <source>Who &amp;logs in at:</source>
        <translation>Wer sich &amp;anmeldet an:</translation>
    </message>
    <message>
        <source>Any value</source>
        <translation>Beliebiger Wert</translation>
    </message>
    <message>
        <source>With the metadata &amp;key:</source>
        <translation>Mit dem Metadaten&amp;schlüssel:</translation>
    </message>
    <message>
        <source>&amp;Value:</source>
        <translation>&amp;Wert:</translation>
    </message>
</context>
<context>
    <name>kith::views::Conditions</name>
    <message>
        <source>in %1</source>
        <comment>group</comment>
        <translation>in %1</translation>
    </message>
    <message>
        <source>in %1 or below</source>
        <comment>group</comment>
        <translation>in %1 oder darunter</translation>
    </message>
    <message>
        <source>carries %1</source>
        <comment>policy</comment>
        <translation>trägt %1</translation>
    </message>
    <message>
        <source>has %1</source>
        <comment>policy</comment>
        <translation>hat %1</translation>
    </message>
    <message>
        <source>logs in at %1</source>
        <comment>mount</comment>
        <translation>meldet sich an %1 an</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>aktiviert</translation>
    </message>
    <message>
        <source>%1 is set</source>
        <comment>metadata key</comment>
        <translation>%1 ist gesetzt</translation>
    </message>
</context>
<context>
    <name>kith::views::ConflictDialog</name>
    <message>
        <source>–</source>
        <comment>it isn&apos;t there</comment>
        <translation>–</translation>
    </message>
    <message>
        <source>It isn’t there.</source>
        <translation>Es ist nicht da.</translation>
    </message>
    <message>
        <source>Changed by somebody else meanwhile</source>
        <translation>Inzwischen von jemand anderem geändert</translation>
    </message>
    <message>
        <source>Nothing is written yet: choose in each row which version is to be kept.</source>
        <translation>Noch ist nichts geschrieben: Wählen Sie in jeder Zeile, welcher Stand bleiben soll.</translation>
    </message>
    <message>
        <source>&amp;Write what is chosen</source>
        <translation>&amp;Gewähltes schreiben</translation>
    </message>
    <message>
        <source>Keep &amp;theirs</source>
        <translation>Stand der &amp;anderen behalten</translation>
    </message>
    <message>
        <source>Nothing of yours is written.</source>
        <translation>Von Ihnen wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>All the&amp;irs</source>
        <translation>Alle der a&amp;nderen</translation>
    </message>
    <message>
        <source>All &amp;mine</source>
        <translation>Alle &amp;meine</translation>
    </message>
    <message>
        <source>The versions</source>
        <translation>Die Stände</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>It was</source>
        <translation>Es war</translation>
    </message>
    <message>
        <source>They wrote</source>
        <translation>Andere schrieben</translation>
    </message>
    <message>
        <source>You write</source>
        <translation>Sie schreiben</translation>
    </message>
    <message>
        <source>%1 (changed by both)</source>
        <translation>%1 (von beiden geändert)</translation>
    </message>
</context>
<context>
    <name>kith::views::ConnectionsDialog</name>
    <message>
        <source>Traits</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>production</source>
        <translation>Produktion</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>The list of connections can’t be read, and is left as it is: %1 (%2)</source>
        <translation>Die Liste der Verbindungen ist nicht lesbar und bleibt, wie sie ist: %1 (%2)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>Open the &amp;local core</source>
        <translation>Lo&amp;kalen Kern öffnen</translation>
    </message>
    <message>
        <source>&amp;New …</source>
        <translation>&amp;Neu …</translation>
    </message>
    <message>
        <source>&amp;Edit …</source>
        <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Import …</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>E&amp;xport …</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>after %Ln minute(s) without key or mouse</source>
        <translation>
            <numerusform>nach %Ln Minute ohne Taste oder Maus</numerusform>
            <numerusform>nach %Ln Minuten ohne Taste oder Maus</numerusform>
        </translation>
    </message>
    <message>
        <source>with the screen only</source>
        <translation>nur mit dem Bildschirm</translation>
    </message>
    <message>
        <source>Loc&amp;k windows on servers:</source>
        <translation>Fenster auf Servern s&amp;perren:</translation>
    </message>
    <message>
        <source>The token is forgotten then; what can be taken back stays so after signing in again.</source>
        <translation>Das Token wird dann vergessen; was zurückgenommen werden kann, bleibt es auch nach der nächsten Anmeldung.</translation>
    </message>
    <message>
        <source>The command line here is set to %1.</source>
        <translation>Die Befehlszeile hier ist auf %1 eingestellt.</translation>
    </message>
    <message>
        <source>&amp;Add it …</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <source>Removed %1, and its token from the keychain.</source>
        <translation>%1 entfernt, mitsamt dem Token im Schlüsselbund.</translation>
    </message>
    <message>
        <source>Import connections</source>
        <translation>Verbindungen importieren</translation>
    </message>
    <message>
        <source>Connections (*.json)</source>
        <translation>Verbindungen (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 can’t be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message numerus="yes">
        <source>Imported %n connections.</source>
        <translation>
            <numerusform>%n Verbindung importiert.</numerusform>
            <numerusform>%n Verbindungen importiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is no list of connections.</source>
        <translation>%1 ist keine Liste von Verbindungen.</translation>
    </message>
    <message>
        <source>Export connections</source>
        <translation>Verbindungen exportieren</translation>
    </message>
    <message>
        <source>Exported to %1, without secrets.</source>
        <translation>Nach %1 exportiert, ohne Geheimnisse.</translation>
    </message>
    <message>
        <source>%1 can’t be written: %2</source>
        <translation>%1 ist nicht schreibbar: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::CopyDialog</name>
    <message>
        <source>Copy to %1</source>
        <translation>Kopieren nach %1</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <translation>Von %1 nach %2</translation>
    </message>
    <message>
        <source>Copy the identities of %1 to %2</source>
        <translation>Die Identitäten von %1 nach %2 kopieren</translation>
    </message>
    <message>
        <source>Looking what would be done …</source>
        <translation>Es wird nachgesehen, was zu tun wäre …</translation>
    </message>
    <message>
        <source>The connection to %1 is closed: nothing more is copied.</source>
        <translation>Die Verbindung zu %1 ist geschlossen: Es wird nichts mehr kopiert.</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>%1 can’t be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>Copied from %1 (%2) to %3 (%4), %5</source>
        <translation>Kopiert von %1 (%2) nach %3 (%4), %5</translation>
    </message>
    <message>
        <source>Copied from %1: %2</source>
        <translation>Kopiert von %1: %2</translation>
    </message>
    <message>
        <source>Copied to %1: %2</source>
        <translation>Kopiert nach %1: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::CopyTarget</name>
    <message>
        <source>%1, namespace %2</source>
        <translation>%1, Namespace %2</translation>
    </message>
    <message>
        <source>This connection is set to read only. Its settings are under File, Connections.</source>
        <translation>Diese Verbindung ist auf „nur lesen“ gestellt. Ihre Einstellungen sind unter Datei, Verbindungen.</translation>
    </message>
</context>
<context>
    <name>kith::views::CopyTargetDialog</name>
    <message>
        <source>A core in a &amp;file …</source>
        <translation>Ein Kern in einer &amp;Datei …</translation>
    </message>
    <message>
        <source>Copy to another core</source>
        <translation>In einen anderen Kern kopieren</translation>
    </message>
    <message>
        <source>Where shall the identities of %1 be copied to? You see what would be done before anything is.</source>
        <translation>Wohin sollen die Identitäten von %1 kopiert werden? Sie sehen, was zu tun wäre, bevor irgendetwas geschieht.</translation>
    </message>
    <message>
        <source>Where to copy to</source>
        <translation>Wohin kopiert wird</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Choose a core, or a name for a new one</source>
        <translation>Wählen Sie einen Kern, oder einen Namen für einen neuen</translation>
    </message>
    <message>
        <source>Cores (*.kith)</source>
        <translation>Kerne (*.kith)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1 is writing to this core: nothing can be copied there until it has ended.</source>
        <translation>%1 schreibt in diesen Kern: Bis das endet, kann nichts dorthin kopiert werden.</translation>
    </message>
</context>
<context>
    <name>kith::views::CsvPane</name>
    <message>
        <source>What the rows are</source>
        <translation>Was die Zeilen sind</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Memberships</source>
        <translation>Mitgliedschaften</translation>
    </message>
    <message>
        <source>What parts the columns</source>
        <translation>Was die Spalten trennt</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>Bar</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Kodierung</translation>
    </message>
    <message>
        <source>The first row has &amp;titles</source>
        <translation>Die erste Zeile hat &amp;Titel</translation>
    </message>
    <message>
        <source>The first rows, and what each column says</source>
        <translation>Die ersten Zeilen, und was jede Spalte sagt</translation>
    </message>
    <message>
        <source>Column %L1</source>
        <translation>Spalte %L1</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>Name der Person</translation>
    </message>
    <message>
        <source>Name of the group</source>
        <translation>Name der Gruppe</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Deaktiviert</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Login name at %1</source>
        <comment>mount</comment>
        <translation>Anmeldename an %1</translation>
    </message>
    <message>
        <source>Metadata: %1</source>
        <translation>Metadaten: %1</translation>
    </message>
    <message>
        <source>What the column %1 says</source>
        <translation>Was die Spalte %1 sagt</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>Choose the one column that has the names of the people.</source>
        <translation>Wählen Sie die eine Spalte mit den Namen der Personen.</translation>
    </message>
    <message>
        <source>Choose the one column that has the names of the groups.</source>
        <translation>Wählen Sie die eine Spalte mit den Namen der Gruppen.</translation>
    </message>
    <message>
        <source>The name of the person is missing.</source>
        <translation>Der Name der Person fehlt.</translation>
    </message>
    <message>
        <source>The name of the group is missing.</source>
        <translation>Der Name der Gruppe fehlt.</translation>
    </message>
    <message>
        <source>%1 stands in the table twice.</source>
        <translation>%1 steht zweimal in der Tabelle.</translation>
    </message>
    <message>
        <source>“%1” is neither yes nor no.</source>
        <translation>„%1“ ist weder ja noch nein.</translation>
    </message>
    <message>
        <source>The row has more columns than the first ones: “%1”.</source>
        <translation>Die Zeile hat mehr Spalten als die ersten: „%1“.</translation>
    </message>
    <message>
        <source>A quotation mark that begins here never ends.</source>
        <translation>Ein Anführungszeichen, das hier beginnt, endet nie.</translation>
    </message>
    <message>
        <source>line %L1</source>
        <translation>Zeile %L1</translation>
    </message>
    <message>
        <source>line %L1, column %L2</source>
        <translation>Zeile %L1, Spalte %L2</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::DiagnosisText</name>
    <message>
        <source>The address isn’t one: it looks like https://vault.example.com:8200.</source>
        <translation>Das ist keine Adresse: Eine sieht aus wie https://vault.example.com:8200.</translation>
    </message>
    <message>
        <source>There is no machine of this name. Is it spelled right, and do you need a VPN?</source>
        <translation>Es gibt keinen Rechner dieses Namens. Ist er richtig geschrieben, und brauchen Sie ein VPN?</translation>
    </message>
    <message>
        <source>The machine is there, but nobody listens at this port.</source>
        <translation>Der Rechner ist da, aber an diesem Port hört niemand zu.</translation>
    </message>
    <message>
        <source>Nobody answered in time. A firewall may be in between.</source>
        <translation>Niemand antwortete rechtzeitig. Vielleicht ist eine Firewall dazwischen.</translation>
    </message>
    <message>
        <source>The connection broke: %1</source>
        <translation>Die Verbindung brach ab: %1</translation>
    </message>
    <message>
        <source>The proxy of this system doesn’t let it through: %1</source>
        <translation>Der Proxy dieses Systems lässt sie nicht durch: %1</translation>
    </message>
    <message>
        <source>The server doesn’t encrypt: the address would begin with http://.</source>
        <translation>Der Server verschlüsselt nicht: Die Adresse müsste mit http:// beginnen.</translation>
    </message>
    <message>
        <source>The server wants to encrypt: the address would begin with https://.</source>
        <translation>Der Server will verschlüsseln: Die Adresse müsste mit https:// beginnen.</translation>
    </message>
    <message>
        <source>There is no certificate in the file of the authority: %1</source>
        <translation>In der Datei der Zertifizierungsstelle ist kein Zertifikat: %1</translation>
    </message>
    <message>
        <source>There is no certificate in the file of your certificate: %1</source>
        <translation>In der Datei Ihres Zertifikats ist kein Zertifikat: %1</translation>
    </message>
    <message>
        <source>There is no key in the file of your key, or it needs a passphrase: %1</source>
        <translation>In der Datei Ihres Schlüssels ist kein Schlüssel, oder er braucht eine Passphrase: %1</translation>
    </message>
    <message>
        <source>The server’s certificate is signed by somebody whom this system doesn’t trust.</source>
        <translation>Das Zertifikat des Servers ist von jemandem unterschrieben, dem dieses System nicht vertraut.</translation>
    </message>
    <message>
        <source>The server’s certificate is signed by itself.</source>
        <translation>Das Zertifikat des Servers ist von sich selbst unterschrieben.</translation>
    </message>
    <message>
        <source>The server’s certificate expired on %1.</source>
        <translation>Das Zertifikat des Servers lief am %1 ab.</translation>
    </message>
    <message>
        <source>The server’s certificate is good from %1 only. Is the clock right?</source>
        <translation>Das Zertifikat des Servers gilt erst ab %1. Geht die Uhr richtig?</translation>
    </message>
    <message>
        <source>The server’s certificate is for another name: %1.</source>
        <translation>Das Zertifikat des Servers gilt für einen anderen Namen: %1.</translation>
    </message>
    <message>
        <source>The server’s certificate was revoked.</source>
        <translation>Das Zertifikat des Servers wurde widerrufen.</translation>
    </message>
    <message>
        <source>The server shows another certificate than the one that you trust. Ask whoever runs it.</source>
        <translation>Der Server zeigt ein anderes Zertifikat als das, dem Sie vertrauen. Fragen Sie, wer ihn betreibt.</translation>
    </message>
    <message>
        <source>The server’s certificate can’t be used: %1</source>
        <translation>Das Zertifikat des Servers ist nicht verwendbar: %1</translation>
    </message>
    <message>
        <source>The server wants a certificate of yours, or another one.</source>
        <translation>Der Server will ein Zertifikat von Ihnen, oder ein anderes.</translation>
    </message>
    <message>
        <source>Something answers there, but it is no Vault, OpenBao or kithd.</source>
        <translation>Dort antwortet etwas, aber es ist weder Vault noch OpenBao noch kithd.</translation>
    </message>
    <message>
        <source>The server has no keys yet: it is to be initialised first.</source>
        <translation>Der Server hat noch keine Schlüssel: Er muss erst initialisiert werden.</translation>
    </message>
    <message>
        <source>The server is sealed: somebody with unseal keys must unseal it.</source>
        <translation>Der Server ist versiegelt: Jemand mit Entsiegelungsschlüsseln muss ihn entsiegeln.</translation>
    </message>
    <message>
        <source>This server stands by and doesn’t say who leads.</source>
        <translation>Dieser Server steht bereit und sagt nicht, wer führt.</translation>
    </message>
    <message>
        <source>This server is a copy for disasters and answers nobody.</source>
        <translation>Dieser Server ist eine Kopie für Katastrophen und antwortet niemandem.</translation>
    </message>
    <message>
        <source>There is no such namespace on the server.</source>
        <translation>Einen solchen Namespace gibt es auf dem Server nicht.</translation>
    </message>
    <message>
        <source>The server is there, but doesn’t take the token.</source>
        <translation>Der Server ist da, nimmt aber das Token nicht an.</translation>
    </message>
    <message>
        <source>The server is too busy at the moment.</source>
        <translation>Der Server ist im Moment überlastet.</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>der Server</translation>
    </message>
    <message>
        <source>It works: %1 answers.</source>
        <translation>Es geht: %1 antwortet.</translation>
    </message>
    <message>
        <source>It works: %1 answers, of the cluster %2.</source>
        <translation>Es geht: %1 antwortet, aus dem Cluster %2.</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Ein Name fehlt.</translation>
    </message>
    <message>
        <source>There is a connection of this name already.</source>
        <translation>Eine Verbindung dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>An address is needed, such as https://vault.example.com:8200.</source>
        <translation>Eine Adresse fehlt, zum Beispiel https://vault.example.com:8200.</translation>
    </message>
    <message>
        <source>A user or password doesn’t belong into the address: it would be kept there for all to read.</source>
        <translation>Benutzer und Passwort gehören nicht in die Adresse: Dort könnte sie jeder lesen.</translation>
    </message>
    <message>
        <source>Which file has the authority’s certificate?</source>
        <translation>In welcher Datei ist das Zertifikat der Zertifizierungsstelle?</translation>
    </message>
    <message>
        <source>Test the connection, then trust the certificate that the server shows.</source>
        <translation>Testen Sie die Verbindung und vertrauen Sie dann dem Zertifikat, das der Server zeigt.</translation>
    </message>
    <message>
        <source>A key needs the certificate that it belongs to.</source>
        <translation>Ein Schlüssel braucht das Zertifikat, zu dem er gehört.</translation>
    </message>
    <message>
        <source>Where is it mounted? For example: ldap.</source>
        <translation>Wo ist es eingehängt? Zum Beispiel: ldap.</translation>
    </message>
    <message>
        <source>This value can’t be used.</source>
        <translation>Dieser Wert ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>For: %1
Names: %2
Signed by: %3
Good from %4 until %5
SHA-256:
%6</source>
        <translation>Für: %1
Namen: %2
Unterschrieben von: %3
Gültig von %4 bis %5
SHA-256:
%6</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
</context>
<context>
    <name>kith::views::Edit</name>
    <message>
        <source>Nothing to change</source>
        <translation>Nichts zu ändern</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile.</source>
        <translation>Jemand anderes hat es inzwischen geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln Person</numerusform>
            <numerusform>%Ln Personen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln groups</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln Gruppe</numerusform>
            <numerusform>%Ln Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects</source>
        <comment>people and groups, never one</comment>
        <translation>
            <numerusform>%Ln Objekt</numerusform>
            <numerusform>%Ln Objekte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::Editor</name>
    <message>
        <source>one of many</source>
        <translation>eines von vielen</translation>
    </message>
    <message>
        <source>It is changed in part, and that could not be taken back: %1</source>
        <translation>Es ist zum Teil geändert, und das ließ sich nicht zurücknehmen: %1</translation>
    </message>
    <message>
        <source>The connection broke: perhaps it was done. Undo takes it back if it was.</source>
        <translation>Die Verbindung brach ab: Vielleicht wurde es getan. Dann nimmt „Rückgängig“ es zurück.</translation>
    </message>
    <message>
        <source>Nothing was changed: %1</source>
        <translation>Nichts wurde geändert: %1</translation>
    </message>
    <message>
        <source>Taken back in part: %1</source>
        <translation>Zum Teil zurückgenommen: %1</translation>
    </message>
    <message>
        <source>Not done to the end: %1</source>
        <translation>Nicht zu Ende geführt: %1</translation>
    </message>
    <message>
        <source>“%1” was done after it: take that back first.</source>
        <translation>„%1“ kam danach: Nehmen Sie das zuerst zurück.</translation>
    </message>
    <message>
        <source>That isn’t among what can be taken back any more.</source>
        <translation>Das lässt sich nicht mehr zurücknehmen.</translation>
    </message>
    <message>
        <source>Take back: %1</source>
        <translation>Zurücknehmen: %1</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>Zurückgenommen: %1</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>what was done, and a remark</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Something else was done meanwhile: that can’t be done again any more.</source>
        <translation>Inzwischen geschah etwas anderes: Das lässt sich nicht mehr wiederholen.</translation>
    </message>
    <message>
        <source>Can’t take back “%1”: %2</source>
        <translation>„%1“ lässt sich nicht zurücknehmen: %2</translation>
    </message>
    <message>
        <source>Can’t do “%1” again: %2</source>
        <translation>„%1“ lässt sich nicht wiederholen: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::EditorMessages</name>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Skip this step</source>
        <translation>Diesen Schritt auslassen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Do it anyway</source>
        <translation>Trotzdem tun</translation>
    </message>
    <message>
        <source>What failed …</source>
        <translation>Was misslang …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 is writing to this core: nothing can be changed here until it has ended.</source>
        <translation>%1 schreibt in diesen Kern: Bis das endet, kann hier nichts geändert werden.</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Nur lesen</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Everything that was changed is on the disk: %1</source>
        <translation>Alles, was geändert wurde, ist auf der Platte: %1</translation>
    </message>
</context>
<context>
    <name>kith::views::EntitiesPage</name>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Filter entities</source>
        <translation>Entitäten filtern</translation>
    </message>
    <message>
        <source>Filter by name, alias, metadata, id …</source>
        <translation>Nach Name, Alias, Metadaten, ID filtern …</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>The entities can’t be read</source>
        <translation>Die Entitäten sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>%1 gefunden</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>Niemand passt</translation>
    </message>
    <message>
        <source>No name, alias, metadata or id holds “%1”.</source>
        <translation>Kein Name, kein Alias, keine Metadaten und keine ID enthalten „%1“.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>You may not list the people here</source>
        <translation>Sie dürfen die Personen hier nicht auflisten</translation>
    </message>
    <message>
        <source>Whose name or id you know can be looked up, and stands here then.</source>
        <translation>Wessen Namen oder ID Sie kennen, den können Sie nachschlagen; dann steht er hier.</translation>
    </message>
    <message>
        <source>Look up …</source>
        <translation>Nachschlagen …</translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation>Noch ist niemand hier</translation>
    </message>
    <message>
        <source>An entity is a person or a program that logs in, under one or several names.</source>
        <translation>Eine Entität ist eine Person oder ein Programm, das sich anmeldet, unter einem oder mehreren Namen.</translation>
    </message>
    <message>
        <source>New entity …</source>
        <translation>Neue Entität …</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>%1 selected of %2</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
    <message>
        <source>Not all of this holds of anybody: %1.</source>
        <translation>Auf niemanden trifft all das zu: %1.</translation>
    </message>
</context>
<context>
    <name>kith::views::EntityDelegate</name>
    <message>
        <source>no mount</source>
        <translation>kein Mount</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>direct</source>
        <comment>member of the group itself</comment>
        <translation>direkt</translation>
    </message>
</context>
<context>
    <name>kith::views::ErrorPage</name>
    <message>
        <source>In detail: %1</source>
        <translation>Im Einzelnen: %1</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Open another core …</source>
        <translation>&amp;Anderen Kern öffnen …</translation>
    </message>
    <message>
        <source>This file is not a Kith core</source>
        <translation>Diese Datei ist kein Kern von Kith</translation>
    </message>
    <message>
        <source>It is some other kind of file, and was left as it is. If it is an identity document (JSON), open another core first and import the document there.</source>
        <translation>Sie ist von einer anderen Art und blieb, wie sie ist. Ist sie ein Identitätsdokument (JSON), öffnen Sie erst einen anderen Kern und importieren Sie es dort.</translation>
    </message>
    <message>
        <source>This core was written by a newer Kith</source>
        <translation>Diesen Kern hat ein neueres Kith geschrieben</translation>
    </message>
    <message>
        <source>Opening it with this version could lose what it doesn&apos;t know. Update Kith, or open another core. The file was left as it is.</source>
        <translation>Öffnete ihn diese Version, könnte verloren gehen, was sie nicht kennt. Aktualisieren Sie Kith, oder öffnen Sie einen anderen Kern. Die Datei blieb, wie sie ist.</translation>
    </message>
    <message>
        <source>This core file is damaged</source>
        <translation>Die Datei dieses Kerns ist beschädigt</translation>
    </message>
    <message>
        <source>Make a copy of the file before anything else. Beside it there may be a backup from before the last update (the same name with “.backup” in it) which you can open instead. “kithctl check” tells what can be read.</source>
        <translation>Machen Sie vor allem anderen eine Kopie der Datei. Neben ihr liegt vielleicht eine Sicherung von vor der letzten Aktualisierung (derselbe Name mit „.backup“ darin), die Sie stattdessen öffnen können. „kithctl check“ sagt, was sich lesen lässt.</translation>
    </message>
    <message>
        <source>This core can&apos;t be written</source>
        <translation>In diesen Kern lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The file, or the folder it is in, is read-only for you. Kith needs both. Change the permissions and try again, or open another core.</source>
        <translation>Die Datei oder ihr Ordner ist für Sie schreibgeschützt. Kith braucht beide. Ändern Sie die Rechte und versuchen Sie es erneut, oder öffnen Sie einen anderen Kern.</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>Der Datenträger ist voll</translation>
    </message>
    <message>
        <source>There is no room to open the core safely. Nothing was lost. Free some space and try again.</source>
        <translation>Um den Kern sicher zu öffnen, fehlt Platz. Verloren ging nichts. Schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Another program is writing to this core</source>
        <translation>Ein anderes Programm schreibt in diesen Kern</translation>
    </message>
    <message>
        <source>Close it there and try again.</source>
        <translation>Schließen Sie ihn dort und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>This core can&apos;t be opened</source>
        <translation>Dieser Kern lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>The file could not be read. Nothing was changed. Try again, or open another core.</source>
        <translation>Die Datei ließ sich nicht lesen. Geändert wurde nichts. Versuchen Sie es erneut, oder öffnen Sie einen anderen Kern.</translation>
    </message>
</context>
<context>
    <name>kith::views::ErrorText</name>
    <message>
        <source>There is an entity of this name already.</source>
        <translation>Eine Entität dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>There is a group of this name already.</source>
        <translation>Eine Gruppe dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>The policy “root” can’t be given to anybody.</source>
        <translation>Die Richtlinie „root“ kann niemandem gegeben werden.</translation>
    </message>
    <message>
        <source>An external group takes its members from its mount: nobody can be put in by hand.</source>
        <translation>Eine externe Gruppe bekommt ihre Mitglieder von ihrem Mount: Von Hand kommt niemand hinein.</translation>
    </message>
    <message>
        <source>An external group can’t have subgroups.</source>
        <translation>Eine externe Gruppe kann keine Untergruppen haben.</translation>
    </message>
    <message>
        <source>The group would contain itself.</source>
        <translation>Die Gruppe würde sich selbst enthalten.</translation>
    </message>
    <message>
        <source>It has an alias on this mount already.</source>
        <translation>Es hat schon einen Alias an diesem Mount.</translation>
    </message>
    <message>
        <source>The alias belongs to somebody else already.</source>
        <translation>Der Alias gehört schon jemand anderem.</translation>
    </message>
    <message>
        <source>The alias belongs to another group already.</source>
        <translation>Der Alias gehört schon einer anderen Gruppe.</translation>
    </message>
    <message>
        <source>The mount of this alias doesn’t exist any more.</source>
        <translation>Den Mount dieses Alias gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>This connection is set to read only.</source>
        <translation>Diese Verbindung ist auf „nur lesen“ gestellt.</translation>
    </message>
    <message>
        <source>It could not be made whole, and what was made of it could not be deleted again: look for it.</source>
        <translation>Es ließ sich nicht ganz anlegen, und was davon angelegt war, nicht wieder löschen: Suchen Sie danach.</translation>
    </message>
    <message>
        <source>Somebody else made one of this name at the same moment: what they wrote may have been overwritten, so look at it.</source>
        <translation>Jemand anderes legte im selben Moment dasselbe an: Vielleicht wurde dessen Stand überschrieben; sehen Sie nach.</translation>
    </message>
    <message>
        <source>What this import did is no longer known. Import a document that says how it was before.</source>
        <translation>Was dieser Import getan hat, ist nicht mehr bekannt. Importieren Sie ein Dokument, das den Stand davor sagt.</translation>
    </message>
    <message>
        <source>The core file</source>
        <translation>Die Kerndatei</translation>
    </message>
    <message>
        <source>The core file %1</source>
        <translation>Die Kerndatei %1</translation>
    </message>
    <message>
        <source>It doesn’t exist any more.</source>
        <translation>Das gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>You have no right to do this.</source>
        <translation>Dazu haben Sie kein Recht.</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile.</source>
        <translation>Jemand anderes hat es inzwischen geändert.</translation>
    </message>
    <message>
        <source>%1 is writing to this core: nothing can be changed here.</source>
        <translation>%1 schreibt in diesen Kern: Hier kann nichts geändert werden.</translation>
    </message>
    <message>
        <source>%1 can’t be written: allow it, for the file and its folder, or open another core.</source>
        <comment>the core file</comment>
        <translation>%1 ist nicht schreibbar: Erlauben Sie es, für Datei und Ordner, oder öffnen Sie einen anderen Kern.</translation>
    </message>
    <message>
        <source>No space is left on the disk; nothing was changed. Make room and try again.</source>
        <translation>Auf der Platte ist kein Platz mehr; nichts wurde geändert. Schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>No space is left on the disk of %1; nothing was changed. Make room and try again.</source>
        <translation>Auf der Platte von %1 ist kein Platz mehr; nichts wurde geändert. Schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>%1 is damaged. Make a copy of it before anything else; “kithctl check” says where, and a backup may be beside it.</source>
        <comment>the core file</comment>
        <translation>%1 ist beschädigt. Machen Sie zuallererst eine Kopie; „kithctl check“ sagt, wo, und vielleicht liegt eine Sicherung daneben.</translation>
    </message>
    <message>
        <source>%1 can’t be used: %2</source>
        <comment>the core file</comment>
        <translation>%1 ist nicht verwendbar: %2</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation>Abgebrochen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>The core didn’t answer in time.</source>
        <translation>Der Kern antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>The core can’t be reached.</source>
        <translation>Der Kern ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The server has too much to do just now: try again in a moment.</source>
        <translation>Der Server hat gerade zu viel zu tun: Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>This server is a standby and changes nothing: connect to the one that is active.</source>
        <translation>Dieser Server steht nur bereit und ändert nichts: Verbinden Sie sich mit dem aktiven.</translation>
    </message>
    <message>
        <source>The server is sealed, or not in service just now.</source>
        <translation>Der Server ist versiegelt oder gerade nicht im Dienst.</translation>
    </message>
    <message>
        <source>What stands in front of the server doesn’t reach it.</source>
        <translation>Was vor dem Server steht, erreicht ihn nicht.</translation>
    </message>
    <message>
        <source>The connection broke before the answer came: it may have been done, or not.</source>
        <translation>Die Verbindung brach vor der Antwort ab: Vielleicht wurde es getan, vielleicht nicht.</translation>
    </message>
    <message>
        <source>It failed without saying why (status %1).</source>
        <translation>Es misslang ohne Angabe eines Grundes (Status %1).</translation>
    </message>
    <message>
        <source>The core refused: %1</source>
        <translation>Der Kern lehnte ab: %1</translation>
    </message>
    <message>
        <source>No answer came, and the server shows nothing of it yet. It may still come.</source>
        <translation>Es kam keine Antwort, und auf dem Server ist noch nichts davon zu sehen. Es kann noch kommen.</translation>
    </message>
</context>
<context>
    <name>kith::views::ExistenceEdit</name>
    <message numerus="yes">
        <source>%Ln aliases</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln Alias</numerusform>
            <numerusform>%Ln Aliasse</numerusform>
        </translation>
    </message>
    <message>
        <source>Add alias %1 to %2</source>
        <translation>Alias %1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>Remove alias %1 from %2</source>
        <translation>Alias %1 von %2 entfernen</translation>
    </message>
    <message>
        <source>Create %1</source>
        <translation>%1 erstellen</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Added alias %1 to %2</source>
        <translation>Alias %1 zu %2 hinzugefügt</translation>
    </message>
    <message>
        <source>Removed alias %1 from %2</source>
        <translation>Alias %1 von %2 entfernt</translation>
    </message>
    <message>
        <source>Created %1</source>
        <translation>%1 erstellt</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>%1 gelöscht</translation>
    </message>
    <message>
        <source>The server gave it a new id.</source>
        <translation>Der Server gab ihm eine neue ID.</translation>
    </message>
    <message>
        <source>Not everything could be as it was.</source>
        <translation>Nicht alles konnte werden, wie es war.</translation>
    </message>
    <message>
        <source>What it belonged to and is gone meanwhile was left out.</source>
        <translation>Was inzwischen fort ist, wurde dabei ausgelassen.</translation>
    </message>
</context>
<context>
    <name>kith::views::Exporter</name>
    <message>
        <source>Export everything</source>
        <translation>Alles exportieren</translation>
    </message>
    <message>
        <source>Identity documents (*.json)</source>
        <translation>Identitätsdokumente (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The core sent no document.</source>
        <translation>Der Kern sandte kein Dokument.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::FailuresDialog</name>
    <message>
        <source>What could not be done</source>
        <translation>Was nicht gelang</translation>
    </message>
    <message>
        <source>What could not be changed</source>
        <translation>Was nicht geändert werden konnte</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>&amp;Copy the list</source>
        <translation>Liste &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Try these again</source>
        <translation>Diese &amp;erneut versuchen</translation>
    </message>
</context>
<context>
    <name>kith::views::FilterBar</name>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Show only those in a group, with a policy, at a mount …</source>
        <translation>Nur die in einer Gruppe, mit einer Richtlinie, an einem Mount zeigen …</translation>
    </message>
    <message>
        <source>In a &amp;group …</source>
        <translation>In einer &amp;Gruppe …</translation>
    </message>
    <message>
        <source>With a &amp;policy …</source>
        <translation>Mit einer &amp;Richtlinie …</translation>
    </message>
    <message>
        <source>At a &amp;mount …</source>
        <translation>An einem &amp;Mount …</translation>
    </message>
    <message>
        <source>With me&amp;tadata …</source>
        <translation>Mit Me&amp;tadaten …</translation>
    </message>
    <message>
        <source>&amp;Disabled</source>
        <translation>&amp;Deaktiviert</translation>
    </message>
    <message>
        <source>&amp;Enabled</source>
        <translation>&amp;Aktiviert</translation>
    </message>
    <message>
        <source>&amp;Keep this filter …</source>
        <translation>Diesen Filter &amp;behalten …</translation>
    </message>
    <message>
        <source>&amp;Forget a filter</source>
        <translation>Einen Filter &amp;vergessen</translation>
    </message>
    <message>
        <source>&amp;Clear the filter</source>
        <translation>Den Filter &amp;leeren</translation>
    </message>
    <message>
        <source>Remove the filter: %1</source>
        <translation>Filter entfernen: %1</translation>
    </message>
    <message>
        <source>Keep this filter</source>
        <translation>Diesen Filter behalten</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>kith::views::GroupDelegate</name>
    <message>
        <source>external</source>
        <translation>extern</translation>
    </message>
    <message>
        <source>in itself</source>
        <comment>the group is below itself</comment>
        <translation>in sich selbst</translation>
    </message>
    <message>
        <source>Direct members: %1</source>
        <translation>Direkte Mitglieder: %1</translation>
    </message>
    <message>
        <source>Subgroups: %1</source>
        <translation>Untergruppen: %1</translation>
    </message>
    <message>
        <source>Own policies: %1</source>
        <translation>Eigene Richtlinien: %1</translation>
    </message>
    <message>
        <source>Stands in %1 groups</source>
        <translation>Steht in %1 Gruppen</translation>
    </message>
    <message>
        <source>External, without an alias</source>
        <translation>Extern, ohne Alias</translation>
    </message>
    <message>
        <source>Members come from %1</source>
        <translation>Mitglieder kommen von %1</translation>
    </message>
</context>
<context>
    <name>kith::views::GroupPicker</name>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Part of the group’s name …</source>
        <translation>Teil des Gruppennamens …</translation>
    </message>
    <message>
        <source>Groups found</source>
        <translation>Gefundene Gruppen</translation>
    </message>
</context>
<context>
    <name>kith::views::GroupTree</name>
    <message>
        <source>Let go over a group to add %1</source>
        <translation>Über einer Gruppe loslassen, um %1 hinzuzufügen</translation>
    </message>
    <message>
        <source>hold Shift to take out of %1</source>
        <translation>mit Umschalt aus %1 herausnehmen</translation>
    </message>
    <message>
        <source>release Shift to add</source>
        <translation>ohne Umschalt: hinzufügen</translation>
    </message>
    <message>
        <source>hold Shift to move</source>
        <translation>mit Umschalt: verschieben</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back</source>
        <translation>Strg+Z nimmt es zurück</translation>
    </message>
</context>
<context>
    <name>kith::views::GroupsPage</name>
    <message>
        <source>Hierarchy</source>
        <translation>Hierarchie</translation>
    </message>
</context>
<context>
    <name>kith::views::HierarchyPane</name>
    <message>
        <source>Hierarchy of groups</source>
        <translation>Hierarchie der Gruppen</translation>
    </message>
    <message>
        <source>Filter groups</source>
        <translation>Gruppen filtern</translation>
    </message>
    <message>
        <source>Filter …</source>
        <translation>Filtern …</translation>
    </message>
    <message>
        <source>The groups can’t be read</source>
        <translation>Die Gruppen sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No group matches</source>
        <translation>Keine Gruppe passt</translation>
    </message>
    <message>
        <source>No name and no metadata holds “%1”.</source>
        <translation>Kein Name und keine Metadaten enthalten „%1“.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>You may not list the groups here</source>
        <translation>Sie dürfen die Gruppen hier nicht auflisten</translation>
    </message>
    <message>
        <source>Whose name or id you know can be looked up, and stands here then.</source>
        <translation>Wessen Namen oder ID Sie kennen, den können Sie nachschlagen; dann steht er hier.</translation>
    </message>
    <message>
        <source>Look up …</source>
        <translation>Nachschlagen …</translation>
    </message>
    <message>
        <source>No groups yet</source>
        <translation>Noch keine Gruppen</translation>
    </message>
    <message>
        <source>Who is in a group has its policies, and those of all groups above it.</source>
        <translation>Wer in einer Gruppe ist, hat ihre Richtlinien und die aller Gruppen darüber.</translation>
    </message>
    <message>
        <source>New group …</source>
        <translation>Neue Gruppe …</translation>
    </message>
</context>
<context>
    <name>kith::views::HitModel</name>
    <message>
        <source>command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>command, %1</source>
        <translation>Befehl, %1</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Richtlinie</translation>
    </message>
    <message>
        <source>group, by its alias</source>
        <translation>Gruppe, nach ihrem Alias</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>entity, by an alias</source>
        <translation>Entität, nach einem Alias</translation>
    </message>
    <message>
        <source>entity</source>
        <translation>Entität</translation>
    </message>
</context>
<context>
    <name>kith::views::ImportDialog</name>
    <message>
        <source>it is larger than a gibibyte, and no identity document</source>
        <translation>sie ist größer als ein Gibibyte, und kein Identitätsdokument</translation>
    </message>
    <message>
        <source>Import a document</source>
        <translation>Dokument importieren</translation>
    </message>
    <message>
        <source>&amp;Choose a file …</source>
        <translation>&amp;Datei wählen …</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>the sample organisation</source>
        <translation>die Beispielorganisation</translation>
    </message>
    <message>
        <source>The sample organisation</source>
        <translation>Die Beispielorganisation</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>The file can&apos;t be read: %1. Choose another one.</source>
        <translation>Die Datei ist nicht lesbar: %1. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Imported %1: %2</source>
        <translation>%1 importiert: %2</translation>
    </message>
    <message>
        <source>No file is chosen.</source>
        <translation>Keine Datei ist gewählt.</translation>
    </message>
    <message>
        <source>Choose an identity document or a table</source>
        <translation>Ein Identitätsdokument oder eine Tabelle wählen</translation>
    </message>
    <message>
        <source>Documents and tables (*.json *.csv *.tsv *.txt)</source>
        <translation>Dokumente und Tabellen (*.json *.csv *.tsv *.txt)</translation>
    </message>
    <message numerus="yes">
        <source>This table can&apos;t be imported: it has %Ln error(s). Nothing was changed.</source>
        <translation>
            <numerusform>Diese Tabelle kann nicht importiert werden: Sie hat %Ln Fehler. Nichts wurde geändert.</numerusform>
            <numerusform>Diese Tabelle kann nicht importiert werden: Sie hat %Ln Fehler. Nichts wurde geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>line %L1</source>
        <translation>Zeile %L1</translation>
    </message>
    <message>
        <source>Choose an identity document (JSON) or a table (CSV) of people or memberships. You see what it would do before anything is done.</source>
        <translation>Wählen Sie ein Identitätsdokument (JSON) oder eine Tabelle (CSV) von Personen oder Mitgliedschaften. Sie sehen, was es täte, bevor etwas geschieht.</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
</context>
<context>
    <name>kith::views::ImportEdit</name>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>Imported %1</source>
        <translation>%1 importiert</translation>
    </message>
    <message>
        <source>What is in use meanwhile was left as it is.</source>
        <translation>Was inzwischen in Gebrauch ist, blieb, wie es ist.</translation>
    </message>
    <message>
        <source>Changed meanwhile by somebody else: %1.</source>
        <translation>Inzwischen von jemand anderem geändert: %1.</translation>
    </message>
</context>
<context>
    <name>kith::views::ImportPane</name>
    <message>
        <source>Reading %1: %2 of %3</source>
        <translation>%1 wird gelesen: %2 von %3</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>%1 can’t be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>What the copy would do</source>
        <translation>Was das Kopieren täte</translation>
    </message>
    <message>
        <source>What the import would do</source>
        <translation>Was der Import täte</translation>
    </message>
    <message>
        <source>&amp;Report to clipboard</source>
        <translation>&amp;Bericht in die Zwischenablage</translation>
    </message>
    <message>
        <source>&amp;Go on with the rest</source>
        <translation>&amp;Mit dem Rest fortfahren</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation>&amp;Importieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking what would be done …</source>
        <translation>Es wird nachgesehen, was zu tun wäre …</translation>
    </message>
    <message>
        <source>The core sent no preview.</source>
        <translation>Der Kern sandte keine Vorschau.</translation>
    </message>
    <message>
        <source>This is what the copy would do. Nothing is ever deleted by it.</source>
        <translation>Das täte das Kopieren. Gelöscht wird dabei nie etwas.</translation>
    </message>
    <message>
        <source>Copying …</source>
        <translation>Wird kopiert …</translation>
    </message>
    <message>
        <source>Importing …</source>
        <translation>Wird importiert …</translation>
    </message>
    <message>
        <source>The core has changed meanwhile. Looking again …</source>
        <translation>Der Kern hat sich inzwischen geändert. Es wird noch einmal nachgesehen …</translation>
    </message>
    <message>
        <source>Nothing was copied. %1</source>
        <translation>Nichts wurde kopiert. %1</translation>
    </message>
    <message>
        <source>Nothing was imported. %1</source>
        <translation>Nichts wurde importiert. %1</translation>
    </message>
    <message>
        <source>It is copied, but somebody else wrote at the same moment. Look at these:</source>
        <translation>Es ist kopiert, aber im selben Moment schrieb jemand anderes. Sehen Sie sich an:</translation>
    </message>
    <message>
        <source>It is imported, but somebody else wrote at the same moment. Look at these:</source>
        <translation>Es ist importiert, aber im selben Moment schrieb jemand anderes. Sehen Sie sich an:</translation>
    </message>
    <message>
        <source>It is copied: %1.</source>
        <translation>Es ist kopiert: %1.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Wird angehalten …</translation>
    </message>
</context>
<context>
    <name>kith::views::ImportPreview</name>
    <message>
        <source>Entities</source>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>Mounts</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>%1 neu</translation>
    </message>
    <message>
        <source>%1 changed</source>
        <translation>%1 geändert</translation>
    </message>
    <message>
        <source>%1 as they are</source>
        <translation>%1 wie gehabt</translation>
    </message>
    <message>
        <source>In this document</source>
        <translation>In diesem Dokument</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more problem(s)</source>
        <translation>
            <numerusform>und %Ln weiteres Problem</numerusform>
            <numerusform>und %Ln weitere Probleme</numerusform>
        </translation>
    </message>
    <message>
        <source>not written</source>
        <translation>nicht geschrieben</translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) could not be written.</source>
        <translation>
            <numerusform>%Ln Objekt konnte nicht geschrieben werden.</numerusform>
            <numerusform>%Ln Objekte konnten nicht geschrieben werden.</numerusform>
        </translation>
    </message>
    <message>
        <source>The import was stopped.</source>
        <translation>Der Import wurde angehalten.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) are written, and stay. The rest can be tried again.</source>
        <translation>
            <numerusform>%Ln Objekt ist geschrieben und bleibt. Den Rest kann man erneut versuchen.</numerusform>
            <numerusform>%Ln Objekte sind geschrieben und bleiben. Den Rest kann man erneut versuchen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Would be changed</source>
        <translation>Würde geändert</translation>
    </message>
    <message>
        <source>%1 that would be new</source>
        <comment>kind of objects</comment>
        <translation>%1, die neu wären</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entity(s) created</source>
        <translation>
            <numerusform>%Ln Entität erstellt</numerusform>
            <numerusform>%Ln Entitäten erstellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) created</source>
        <translation>
            <numerusform>%Ln Gruppe erstellt</numerusform>
            <numerusform>%Ln Gruppen erstellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln geändert</numerusform>
            <numerusform>%Ln geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) created</source>
        <translation>
            <numerusform>%Ln Objekt erstellt</numerusform>
            <numerusform>%Ln Objekte erstellt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This document can&apos;t be imported: it has %Ln error(s). Nothing was changed.</source>
        <translation>
            <numerusform>Dieses Dokument ist nicht importierbar: Es hat %Ln Fehler. Nichts wurde geändert.</numerusform>
            <numerusform>Dieses Dokument ist nicht importierbar: Es hat %Ln Fehler. Nichts wurde geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>All of it is there already: there is nothing to do.</source>
        <translation>Alles davon ist schon da: Es gibt nichts zu tun.</translation>
    </message>
    <message>
        <source>This is what the import would do. Nothing is ever deleted by it.</source>
        <translation>Das täte der Import. Gelöscht wird dabei nie etwas.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>%1 that are new</source>
        <comment>kind of objects</comment>
        <translation>%1, die neu sind</translation>
    </message>
</context>
<context>
    <name>kith::views::Inspector</name>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) selected</source>
        <translation>
            <numerusform>%Ln Gruppe ausgewählt</numerusform>
            <numerusform>%Ln Gruppen ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) selected</source>
        <translation>
            <numerusform>%Ln Objekt ausgewählt</numerusform>
            <numerusform>%Ln Objekte ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Drag them onto a group, or press Ctrl+Shift+A to add them to one. Select a single one to see why it has the policies that it has.</source>
        <translation>Ziehen Sie sie auf eine Gruppe, oder drücken Sie Strg+Umschalt+A, um sie zu einer hinzuzufügen. Wählen Sie nur eine aus, um zu sehen, warum sie ihre Richtlinien hat.</translation>
    </message>
    <message>
        <source>It</source>
        <translation>Das Objekt</translation>
    </message>
    <message>
        <source>%1 is gone</source>
        <translation>%1 ist fort</translation>
    </message>
    <message>
        <source>It was deleted here or elsewhere. If it was here, Undo brings it back.</source>
        <translation>Es wurde hier oder anderswo gelöscht. War es hier, so bringt „Rückgängig“ es zurück.</translation>
    </message>
    <message>
        <source>This can&apos;t be shown</source>
        <translation>Das lässt sich nicht zeigen</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>Nichts ist ausgewählt</translation>
    </message>
    <message>
        <source>Select a person to see every policy that they have, and every way in which they have it. Select a group to see what being in it gives.</source>
        <translation>Wählen Sie eine Person, um jede ihrer Richtlinien zu sehen und jeden Weg, auf dem sie sie hat. Wählen Sie eine Gruppe, um zu sehen, was sie ihren Mitgliedern gibt.</translation>
    </message>
</context>
<context>
    <name>kith::views::InspectorMessage</name>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
</context>
<context>
    <name>kith::views::InspectorTabs</name>
    <message>
        <source>About what is selected</source>
        <translation>Über das Ausgewählte</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Aliasse</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Effective policies %1</source>
        <translation>Wirksame Richtlinien %1</translation>
    </message>
    <message>
        <source>Groups %1</source>
        <translation>Gruppen %1</translation>
    </message>
    <message>
        <source>Aliases %1</source>
        <translation>Aliasse %1</translation>
    </message>
    <message>
        <source>Direct members</source>
        <translation>Direkte Mitglieder</translation>
    </message>
    <message>
        <source>The policies and their sources are on the clipboard.</source>
        <translation>Die Richtlinien und ihre Quellen sind in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Effective policies</source>
        <translation>Wirksame Richtlinien</translation>
    </message>
    <message>
        <source>In no group. Drag the entity onto one in the hierarchy.</source>
        <translation>In keiner Gruppe. Ziehen Sie die Entität auf eine in der Hierarchie.</translation>
    </message>
    <message>
        <source>In no other group, and without subgroups. Drag groups onto each other in the hierarchy.</source>
        <translation>In keiner anderen Gruppe und ohne Untergruppen. Ziehen Sie Gruppen in der Hierarchie aufeinander.</translation>
    </message>
    <message>
        <source>Members %1</source>
        <translation>Mitglieder %1</translation>
    </message>
    <message>
        <source>Nobody is in this group directly.</source>
        <translation>Niemand ist direkt in dieser Gruppe.</translation>
    </message>
</context>
<context>
    <name>kith::views::LocalCoreGuide</name>
    <message>
        <source>Choose a &amp;passphrase …</source>
        <translation>&amp;Passphrase wählen …</translation>
    </message>
    <message>
        <source>Unlock &amp;secrets …</source>
        <translation>Gehei&amp;mnisse entsperren …</translation>
    </message>
    <message>
        <source>Look for the &amp;key again</source>
        <translation>Schlüssel erneut s&amp;uchen</translation>
    </message>
    <message>
        <source>Another program is writing to this core: it gets its keys when that one has ended.</source>
        <translation>Ein anderes Programm schreibt in diesen Kern: Er bekommt seine Schlüssel, sobald es beendet ist.</translation>
    </message>
    <message>
        <source>This core is unsealed by shares, over its API: it needs no keychain.</source>
        <translation>Dieser Kern wird mit Teilschlüsseln entsiegelt, über seine API: Einen Schlüsselbund braucht er nicht.</translation>
    </message>
    <message>
        <source>There is no keychain here: to keep tokens and passwords, this core needs a passphrase.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Um Token und Passwörter aufzubewahren, braucht dieser Kern eine Passphrase.</translation>
    </message>
    <message>
        <source>Choose one …</source>
        <translation>Eine wählen …</translation>
    </message>
    <message>
        <source>There is no keychain here, but the key of this core was in one: people and groups can be changed, tokens and passwords can’t be used.</source>
        <translation>Hier gibt es keinen Schlüsselbund, aber der Schlüssel dieses Kerns war in einem: Personen und Gruppen lassen sich ändern, Token und Passwörter nicht verwenden.</translation>
    </message>
    <message>
        <source>The keychain doesn’t give the key of this core: people and groups can be changed, tokens and passwords can’t be used.</source>
        <translation>Der Schlüsselbund gibt den Schlüssel dieses Kerns nicht her: Personen und Gruppen lassen sich ändern, Token und Passwörter nicht verwenden.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>shared on %1</source>
        <translation>freigegeben an %1</translation>
    </message>
    <message>
        <source>Programs on this machine can use this core at %1</source>
        <translation>Programme auf diesem Rechner können diesen Kern unter %1 verwenden</translation>
    </message>
    <message>
        <source>stops sharing …</source>
        <translation>Freigabe endet …</translation>
    </message>
    <message>
        <source>Open the &amp;keychain …</source>
        <translation>Sch&amp;lüsselbund öffnen …</translation>
    </message>
    <message>
        <source>Tokens and passwords of this core are locked; people and groups can be changed.</source>
        <translation>Token und Passwörter dieses Kerns sind gesperrt; Personen und Gruppen lassen sich ändern.</translation>
    </message>
    <message>
        <source>Unlock …</source>
        <translation>Entsperren …</translation>
    </message>
    <message>
        <source>The desktop’s keychain isn’t open: to keep tokens and passwords, this core needs it.</source>
        <translation>Der Schlüsselbund des Desktops ist nicht offen: Um Token und Passwörter aufzubewahren, braucht ihn dieser Kern.</translation>
    </message>
    <message>
        <source>Open it …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Waiting for the desktop’s keychain: it may ask for its password …</source>
        <translation>Wartet auf den Schlüsselbund des Desktops, der vielleicht nach seinem Passwort fragt …</translation>
    </message>
    <message>
        <source>The keychain is open: tokens and passwords can be used.</source>
        <translation>Der Schlüsselbund ist offen: Token und Passwörter lassen sich benutzen.</translation>
    </message>
</context>
<context>
    <name>kith::views::MainWindow</name>
    <message>
        <source>%1 – Kith</source>
        <translation>%1 – Kith</translation>
    </message>
    <message>
        <source>There is nothing to export here.</source>
        <translation>Hier gibt es nichts zu exportieren.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) exported to %1</source>
        <translation>
            <numerusform>%Ln Zeile nach %1 exportiert</numerusform>
            <numerusform>%Ln Zeilen nach %1 exportiert</numerusform>
        </translation>
    </message>
    <message>
        <source>The export was cancelled; no file was written.</source>
        <translation>Der Export wurde abgebrochen; es wurde keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Nach %1 exportiert</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Export</translation>
    </message>
</context>
<context>
    <name>kith::views::MembersPane</name>
    <message>
        <source>Which members</source>
        <translation>Welche Mitglieder</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>With subgroups</source>
        <translation>Mit Untergruppen</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Mitglieder</translation>
    </message>
    <message>
        <source>Filter members</source>
        <translation>Mitglieder filtern</translation>
    </message>
    <message>
        <source>Filter …</source>
        <translation>Filtern …</translation>
    </message>
    <message>
        <source>The members can’t be read</source>
        <translation>Die Mitglieder sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Direct %1</source>
        <translation>Direkt %1</translation>
    </message>
    <message>
        <source>With subgroups %1</source>
        <translation>Mit Untergruppen %1</translation>
    </message>
    <message>
        <source>No group is chosen</source>
        <translation>Keine Gruppe ist gewählt</translation>
    </message>
    <message>
        <source>Choose one in the hierarchy to see who is in it.</source>
        <translation>Wählen Sie eine in der Hierarchie, um zu sehen, wer darin ist.</translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation>Niemand passt</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Nobody has come yet</source>
        <translation>Noch ist niemand gekommen</translation>
    </message>
    <message>
        <source>People join this external group when they log in through its mount.</source>
        <translation>In diese externe Gruppe kommt, wer sich über ihren Mount anmeldet.</translation>
    </message>
    <message>
        <source>Nobody is in it</source>
        <translation>Niemand ist darin</translation>
    </message>
    <message>
        <source>Drag people onto the group, or choose “Add to group …” for them.</source>
        <translation>Ziehen Sie Personen auf die Gruppe, oder wählen Sie für sie „Zu Gruppe hinzufügen …“.</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>%1 selected of %2</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
</context>
<context>
    <name>kith::views::MembershipEdit</name>
    <message>
        <source>Add %1 to %2</source>
        <translation>%1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>Remove %1 from %2</source>
        <translation>%1 aus %2 entfernen</translation>
    </message>
    <message>
        <source>Move %1 to %2</source>
        <translation>%1 nach %2 verschieben</translation>
    </message>
    <message>
        <source>Added %1 to %2</source>
        <translation>%1 zu %2 hinzugefügt</translation>
    </message>
    <message>
        <source>Nothing to add: %1 in %2 already</source>
        <translation>Nichts hinzuzufügen: %1 schon in %2</translation>
    </message>
    <message>
        <source>Added %L1 of %2 to %3, the others were there already</source>
        <comment>2 of 5 people</comment>
        <translation>%L1 von %2 zu %3 hinzugefügt, die anderen waren schon dort</translation>
    </message>
    <message>
        <source>Removed %1 from %2</source>
        <translation>%1 aus %2 entfernt</translation>
    </message>
    <message>
        <source>Moved %1 to %2</source>
        <translation>%1 nach %2 verschoben</translation>
    </message>
</context>
<context>
    <name>kith::views::MergeDialog</name>
    <message>
        <source>%1 · %2</source>
        <comment>an alias and its mount</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>its mount is gone</source>
        <translation>sein Mount ist fort</translation>
    </message>
    <message>
        <source>Alias %1</source>
        <translation>Alias %1</translation>
    </message>
    <message>
        <source>Member of %1</source>
        <translation>Mitglied von %1</translation>
    </message>
    <message>
        <source>Policy %1, which is on the entity itself</source>
        <translation>Richtlinie %1, die an der Entität selbst ist</translation>
    </message>
    <message>
        <source>Metadata %1: %2</source>
        <translation>Metadaten %1: %2</translation>
    </message>
    <message>
        <source>That %1 is disabled: who logs in by these aliases gets in again</source>
        <translation>Dass %1 deaktiviert ist: Wer sich mit diesen Aliassen anmeldet, kommt wieder hinein</translation>
    </message>
    <message>
        <source>The name %1</source>
        <translation>Der Name %1</translation>
    </message>
    <message>
        <source>Who stays?</source>
        <translation>Wer bleibt?</translation>
    </message>
    <message>
        <source>Merge two people</source>
        <translation>Zwei Personen zusammenführen</translation>
    </message>
    <message>
        <source>What the merge does</source>
        <translation>Was das Zusammenführen tut</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>&amp;Zusammenführen</translation>
    </message>
    <message>
        <source>With whom? A part of the name, an alias, or the id</source>
        <translation>Mit wem? Ein Teil des Namens, ein Alias oder die ID</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>Mit wem</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Nobody is called so.</source>
        <translation>Niemand heißt so.</translation>
    </message>
    <message>
        <source>Too much matches this. Type more of the name.</source>
        <translation>Dazu passt zu vieles. Tippen Sie mehr vom Namen.</translation>
    </message>
    <message>
        <source>That is the same entity.</source>
        <translation>Das ist dieselbe Entität.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alias(es)</source>
        <translation>
            <numerusform>%Ln Alias</numerusform>
            <numerusform>%Ln Aliasse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln direct group(s)</source>
        <translation>
            <numerusform>%Ln direkte Gruppe</numerusform>
            <numerusform>%Ln direkte Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln policies of its own</source>
        <translation>
            <numerusform>%Ln eigene Richtlinie</numerusform>
            <numerusform>%Ln eigene Richtlinien</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a name, and facts</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Both log in at %1. The alias that stays:</source>
        <translation>Beide melden sich an %1 an. Der Alias, der bleibt:</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Moves to %1</source>
        <translation>Geht zu %1 über</translation>
    </message>
    <message>
        <source>Is lost</source>
        <translation>Geht verloren</translation>
    </message>
    <message>
        <source>This server can’t take a merge back.</source>
        <translation>Dieser Server kann ein Zusammenführen nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>Somebody else changed one of them meanwhile. Look again at what the merge does.</source>
        <translation>Jemand anderes hat eine der beiden inzwischen geändert. Sehen Sie noch einmal an, was das Zusammenführen tut.</translation>
    </message>
</context>
<context>
    <name>kith::views::MergeEdit</name>
    <message>
        <source>Merge %1 into %2</source>
        <translation>%1 mit %2 zusammenführen</translation>
    </message>
    <message>
        <source>Merged %1 into %2</source>
        <translation>%1 mit %2 zusammengeführt</translation>
    </message>
    <message>
        <source>%1 or %2 has been changed since they were shown. Nothing was merged.</source>
        <translation>%1 oder %2 hat sich geändert, seit sie gezeigt wurden. Nichts wurde zusammengeführt.</translation>
    </message>
    <message>
        <source>%1 has been changed since. Taking the merge back would lose that.</source>
        <translation>%1 hat sich seitdem geändert. Das ginge verloren, würde das Zusammenführen zurückgenommen.</translation>
    </message>
</context>
<context>
    <name>kith::views::MessageBar</name>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>kith::views::MetadataEditor</name>
    <message>
        <source>A key is needed.</source>
        <translation>Ein Schlüssel fehlt.</translation>
    </message>
    <message>
        <source>Keys have only letters from a to z, digits, and = / + _ -</source>
        <translation>Schlüssel haben nur Buchstaben von a bis z, Ziffern und = / + _ -</translation>
    </message>
    <message>
        <source>A key has at most %1 characters.</source>
        <translation>Ein Schlüssel hat höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>Keys that begin with “vault-” are reserved.</source>
        <translation>Schlüssel, die mit „vault-“ beginnen, sind reserviert.</translation>
    </message>
    <message>
        <source>A value has at most %1 bytes.</source>
        <translation>Ein Wert hat höchstens %1 Bytes.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>Wert von %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
    <message>
        <source>new key</source>
        <translation>neuer Schlüssel</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>There is a value for “%1” already.</source>
        <translation>Für „%1“ gibt es schon einen Wert.</translation>
    </message>
    <message>
        <source>There can be at most %1 pairs.</source>
        <translation>Mehr als %1 Paare sind nicht möglich.</translation>
    </message>
</context>
<context>
    <name>kith::views::MountDialog</name>
    <message>
        <source>Name and password</source>
        <translation>Name und Passwort</translation>
    </message>
    <message>
        <source>LDAP directory</source>
        <translation>LDAP-Verzeichnis</translation>
    </message>
    <message>
        <source>OpenID Connect</source>
        <translation>OpenID Connect</translation>
    </message>
    <message>
        <source>Signed tokens (JWT)</source>
        <translation>Signierte Token (JWT)</translation>
    </message>
    <message>
        <source>Programs (AppRole)</source>
        <translation>Programme (AppRole)</translation>
    </message>
    <message>
        <source>GitHub</source>
        <translation>GitHub</translation>
    </message>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>TLS certificates</source>
        <translation>TLS-Zertifikate</translation>
    </message>
    <message>
        <source>RADIUS</source>
        <translation>RADIUS</translation>
    </message>
    <message>
        <source>Kerberos</source>
        <translation>Kerberos</translation>
    </message>
    <message>
        <source>&amp;Only on this cluster, and not on its replicas</source>
        <translation>&amp;Nur auf diesem Cluster, nicht auf seinen Replikaten</translation>
    </message>
    <message>
        <source>Describe %1</source>
        <translation>%1 beschreiben</translation>
    </message>
    <message>
        <source>Enable an auth method</source>
        <translation>Anmeldemethode aktivieren</translation>
    </message>
    <message>
        <source>For whom it is, who looks after it</source>
        <translation>Für wen sie ist, wer sich um sie kümmert</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>type of a mount, and what it is</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>&amp;Type:</source>
        <translation>&amp;Typ:</translation>
    </message>
    <message>
        <source>&amp;Path:</source>
        <translation>&amp;Pfad:</translation>
    </message>
    <message>
        <source>&amp;Description:</source>
        <translation>&amp;Beschreibung:</translation>
    </message>
    <message>
        <source>People and programs log in at an auth method. Kith enables it; who may log in there is set up at its own endpoints.</source>
        <translation>An einer Anmeldemethode melden sich Personen und Programme an. Kith aktiviert sie; wer sich dort anmelden darf, wird an ihren eigenen Endpunkten eingerichtet.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Enable</source>
        <translation>Ak&amp;tivieren</translation>
    </message>
    <message>
        <source>A type is needed.</source>
        <translation>Ein Typ fehlt.</translation>
    </message>
    <message>
        <source>A path is needed.</source>
        <translation>Ein Pfad fehlt.</translation>
    </message>
</context>
<context>
    <name>kith::views::MountEdit</name>
    <message>
        <source>Somebody else enabled another method at %1 since. Taking it back would disable that one.</source>
        <translation>Jemand anderes hat seitdem unter %1 eine andere Methode aktiviert. Die würde das Zurücknehmen deaktivieren.</translation>
    </message>
    <message>
        <source>People log in at %1 by now. Taking it back would delete what the method keeps of them, for good.</source>
        <translation>Unter %1 melden sich inzwischen Personen an. Das Zurücknehmen würde endgültig löschen, was die Methode von ihnen aufbewahrt.</translation>
    </message>
    <message>
        <source>Somebody else described %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen %1 beschrieben.</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Enable %1</source>
        <translation>%1 aktivieren</translation>
    </message>
    <message>
        <source>Describe %1</source>
        <translation>%1 beschreiben</translation>
    </message>
    <message>
        <source>Disable %1</source>
        <translation>%1 deaktivieren</translation>
    </message>
    <message>
        <source>People can log in at %1 now</source>
        <translation>Unter %1 kann man sich jetzt anmelden</translation>
    </message>
    <message>
        <source>Described %1</source>
        <translation>%1 beschrieben</translation>
    </message>
    <message>
        <source>Disabled %1</source>
        <translation>%1 deaktiviert</translation>
    </message>
</context>
<context>
    <name>kith::views::MountMapping</name>
    <message>
        <source>Where people log in: here, and there</source>
        <translation>Wo man sich anmeldet: hier, und dort</translation>
    </message>
    <message>
        <source>The mount there for %1</source>
        <translation>Der Mount dort für %1</translation>
    </message>
    <message>
        <source>There is none of that name there: it would be enabled.</source>
        <translation>Dort gibt es keinen dieses Namens: Er würde aktiviert.</translation>
    </message>
    <message>
        <source>There is one of that name there.</source>
        <translation>Dort gibt es einen dieses Namens.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a mount and its type</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln alias(es)</source>
        <comment>of a mount</comment>
        <translation>
            <numerusform>%1, %Ln Alias</numerusform>
            <numerusform>%1, %Ln Aliasse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::MountsPage</name>
    <message>
        <source>Mounts</source>
        <translation>Mounts</translation>
    </message>
    <message>
        <source>this cluster only</source>
        <translation>nur dieser Cluster</translation>
    </message>
    <message>
        <source>Its &amp;aliases</source>
        <translation>Seine &amp;Aliasse</translation>
    </message>
    <message>
        <source>&amp;Describe …</source>
        <translation>&amp;Beschreiben …</translation>
    </message>
    <message>
        <source>D&amp;isable …</source>
        <translation>&amp;Deaktivieren …</translation>
    </message>
    <message>
        <source>&amp;Enable …</source>
        <translation>Ak&amp;tivieren …</translation>
    </message>
    <message>
        <source>The mounts can’t be read</source>
        <translation>Die Mounts sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nobody can log in yet</source>
        <translation>Noch kann sich niemand anmelden</translation>
    </message>
    <message>
        <source>At an auth method people and programs prove who they are: with a password, in a directory, by a signed token. The names under which they do become aliases.</source>
        <translation>An einer Anmeldemethode beweisen Personen und Programme, wer sie sind: mit einem Passwort, in einem Verzeichnis, durch ein signiertes Token. Die Namen, unter denen sie es tun, werden zu Aliassen.</translation>
    </message>
    <message>
        <source>Enable a method …</source>
        <translation>Methode aktivieren …</translation>
    </message>
    <message>
        <source>Disable %1</source>
        <translation>%1 deaktivieren</translation>
    </message>
    <message>
        <source>Disable %1? This can’t be taken back.</source>
        <translation>%1 deaktivieren? Das lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
        <source>What the method keeps is deleted: its users, roles and settings. Whoever has logged in there is logged out.</source>
        <translation>Was die Methode aufbewahrt, wird gelöscht: ihre Benutzer, Rollen und Einstellungen. Wer sich dort angemeldet hat, wird abgemeldet.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alias(es) of people stay behind without a mount. They don’t come back to a method that is enabled here again.</source>
        <translation>
            <numerusform>%Ln Alias einer Person bleibt ohne Mount zurück. Er kehrt nicht zu einer Methode zurück, die hier wieder aktiviert wird.</numerusform>
            <numerusform>%Ln Aliasse von Personen bleiben ohne Mount zurück. Sie kehren nicht zu einer Methode zurück, die hier wieder aktiviert wird.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln external group(s) have their members from there.</source>
        <translation>
            <numerusform>%Ln externe Gruppe hat ihre Mitglieder von dort.</numerusform>
            <numerusform>%Ln externe Gruppen haben ihre Mitglieder von dort.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Disable</source>
        <translation>&amp;Deaktivieren</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
</context>
<context>
    <name>kith::views::NavigationPane</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Aliases</source>
        <translation>Aliasse</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>Mounts</source>
        <translation>Mounts</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::NeighbourCards</name>
    <message>
        <source>external</source>
        <translation>extern</translation>
    </message>
    <message>
        <source>by</source>
        <translation>über</translation>
    </message>
    <message numerus="yes">
        <source>Member of %Ln group(s)</source>
        <translation>
            <numerusform>Mitglied von %Ln Gruppe</numerusform>
            <numerusform>Mitglied von %Ln Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Through these also in %Ln group(s)</source>
        <translation>
            <numerusform>Durch diese auch in %Ln Gruppe</numerusform>
            <numerusform>Durch diese auch in %Ln Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Inside %Ln group(s)</source>
        <translation>
            <numerusform>In %Ln Gruppe enthalten</numerusform>
            <numerusform>In %Ln Gruppen enthalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln subgroup(s)</source>
        <translation>
            <numerusform>%Ln Untergruppe</numerusform>
            <numerusform>%Ln Untergruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more, in the table of members</source>
        <translation>
            <numerusform>und %Ln weitere, in der Tabelle der Mitglieder</numerusform>
            <numerusform>und %Ln weitere, in der Tabelle der Mitglieder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>alias, mount</comment>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>Last changed %1 by a renewal of %2:</source>
        <comment>when, alias</comment>
        <translation>Zuletzt geändert %1 durch eine Erneuerung von %2:</translation>
    </message>
    <message>
        <source>Last changed %1 by a login of %2:</source>
        <comment>when, alias</comment>
        <translation>Zuletzt geändert %1 durch eine Anmeldung von %2:</translation>
    </message>
    <message>
        <source>joined</source>
        <comment>before names of groups</comment>
        <translation>neu in</translation>
    </message>
    <message>
        <source>left</source>
        <comment>before names of groups</comment>
        <translation>nicht mehr in</translation>
    </message>
    <message>
        <source>joined</source>
        <comment>after the name of a person</comment>
        <translation>kam hinzu</translation>
    </message>
    <message>
        <source>left</source>
        <comment>after the name of a person</comment>
        <translation>ging</translation>
    </message>
</context>
<context>
    <name>kith::views::NewObjectDialog</name>
    <message>
        <source>New entity</source>
        <translation>Neue Entität</translation>
    </message>
    <message>
        <source>New group</source>
        <translation>Neue Gruppe</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>Members:</source>
        <translation>Mitglieder:</translation>
    </message>
    <message>
        <source>&amp;Logs in as:</source>
        <translation>&amp;Meldet sich an als:</translation>
    </message>
    <message>
        <source>&amp;Group there:</source>
        <translation>&amp;Gruppe dort:</translation>
    </message>
    <message>
        <source>Put it into %1</source>
        <translation>In %1 aufnehmen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>are chosen &amp;here (internal)</source>
        <translation>werden &amp;hier gewählt (intern)</translation>
    </message>
    <message>
        <source>come from a &amp;mount&apos;s directory (external)</source>
        <translation>kommen aus dem Verzeichnis eines &amp;Mounts (extern)</translation>
    </message>
    <message>
        <source>optional</source>
        <translation>optional</translation>
    </message>
    <message>
        <source>Mount</source>
        <translation>Mount</translation>
    </message>
    <message>
        <source>no mounts yet</source>
        <translation>noch keine Mounts</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Ein Name fehlt.</translation>
    </message>
    <message>
        <source>Somebody is called “%1” already. Names differ by more than the case of their letters.</source>
        <translation>Jemand heißt schon „%1“. Namen unterscheiden sich durch mehr als Groß- und Kleinschreibung.</translation>
    </message>
    <message>
        <source>There is a group “%1” already. Names differ by more than the case of their letters.</source>
        <translation>Eine Gruppe „%1“ gibt es schon. Namen unterscheiden sich durch mehr als Groß- und Kleinschreibung.</translation>
    </message>
    <message>
        <source>That is how %1 logs in there.</source>
        <translation>So meldet sich dort %1 an.</translation>
    </message>
</context>
<context>
    <name>kith::views::NewsDialog</name>
    <message>
        <source>What’s new</source>
        <translation>Was ist neu</translation>
    </message>
</context>
<context>
    <name>kith::views::ObjectDrag</name>
    <message>
        <source>the group</source>
        <translation>die Gruppe</translation>
    </message>
    <message>
        <source>the person</source>
        <translation>die Person</translation>
    </message>
</context>
<context>
    <name>kith::views::ObjectHeader</name>
    <message>
        <source>The id of %1 is on the clipboard.</source>
        <translation>Die ID von %1 ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>copy id</source>
        <translation>ID kopieren</translation>
    </message>
    <message>
        <source>&amp;Rename …</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Copy &amp;name</source>
        <translation>&amp;Namen kopieren</translation>
    </message>
    <message>
        <source>The name is on the clipboard.</source>
        <translation>Der Name ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Copy &amp;id</source>
        <translation>&amp;ID kopieren</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Rename, disable, delete</source>
        <translation>Umbenennen, deaktivieren, löschen</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>&amp;Enable</source>
        <translation>Ak&amp;tivieren</translation>
    </message>
    <message>
        <source>&amp;Disable</source>
        <translation>&amp;Deaktivieren</translation>
    </message>
    <message>
        <source>entity</source>
        <translation>Entität</translation>
    </message>
    <message numerus="yes">
        <source>%Ln alias(es)</source>
        <translation>
            <numerusform>%Ln Alias</numerusform>
            <numerusform>%Ln Aliasse</numerusform>
        </translation>
    </message>
    <message>
        <source>changed %1</source>
        <comment>when</comment>
        <translation>geändert %1</translation>
    </message>
    <message>
        <source>external</source>
        <translation>extern</translation>
    </message>
    <message>
        <source>external · %1</source>
        <translation>extern · %1</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message numerus="yes">
        <source>reaches %Ln person(s)</source>
        <translation>
            <numerusform>erreicht %Ln Person</numerusform>
            <numerusform>erreicht %Ln Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the id of %1</source>
        <translation>Die ID von %1 kopieren</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Ein Name fehlt.</translation>
    </message>
    <message>
        <source>Somebody else is called “%1” already.</source>
        <translation>Jemand anderes heißt schon „%1“.</translation>
    </message>
    <message>
        <source>Another group is called “%1” already.</source>
        <translation>Eine andere Gruppe heißt schon „%1“.</translation>
    </message>
</context>
<context>
    <name>kith::views::OwnPolicies</name>
    <message>
        <source>Own policies</source>
        <translation>Eigene Richtlinien</translation>
    </message>
    <message>
        <source>Add a policy …</source>
        <translation>Richtlinie hinzufügen …</translation>
    </message>
    <message>
        <source>Add a policy</source>
        <translation>Richtlinie hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weitere</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>not defined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source>No such policy exists, so it grants nothing.</source>
        <translation>Eine solche Richtlinie gibt es nicht; sie gewährt also nichts.</translation>
    </message>
    <message>
        <source>Remove policy %1</source>
        <translation>Richtlinie %1 entfernen</translation>
    </message>
    <message>
        <source>“root” is for root tokens only and can&apos;t be given to anyone.</source>
        <translation>„root“ ist nur für Root-Token und kann niemandem gegeben werden.</translation>
    </message>
    <message>
        <source>“%1” is there already.</source>
        <translation>„%1“ ist schon da.</translation>
    </message>
    <message>
        <source>No policy is called “%1”: it would grant nothing until it is defined. Enter adds it all the same.</source>
        <translation>Keine Richtlinie heißt „%1“: Sie würde nichts gewähren, bis sie definiert ist. Die Eingabetaste fügt sie trotzdem hinzu.</translation>
    </message>
</context>
<context>
    <name>kith::views::PartlyDone</name>
    <message>
        <source>%1. %2</source>
        <comment>what was done; what was not</comment>
        <translation>%1. %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) could not be changed</source>
        <translation>
            <numerusform>%Ln Objekt konnte nicht geändert werden</numerusform>
            <numerusform>%Ln Objekte konnten nicht geändert werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln object(s) it isn’t certain</source>
        <translation>
            <numerusform>Von %Ln Objekt ist es nicht sicher</numerusform>
            <numerusform>Von %Ln Objekten ist es nicht sicher</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PassphraseDialog</name>
    <message>
        <source>Choose a passphrase</source>
        <translation>Passphrase wählen</translation>
    </message>
    <message>
        <source>Unlock secrets</source>
        <translation>Geheimnisse entsperren</translation>
    </message>
    <message>
        <source>Tokens, passwords and keys in this core are sealed. This desktop has no keychain to keep the key in, so it is made from a passphrase. Nobody can find it out: without it, what is sealed is lost. People, groups and policies are not sealed.</source>
        <translation>Token, Passwörter und Schlüssel in diesem Kern sind versiegelt. Dieser Desktop hat keinen Schlüsselbund für den Schlüssel; er wird deshalb aus einer Passphrase gebildet. Niemand kann sie herausfinden: Ohne sie ist verloren, was versiegelt ist. Personen, Gruppen und Richtlinien sind nicht versiegelt.</translation>
    </message>
    <message>
        <source>Tokens, passwords and keys in this core are sealed. People, groups and policies are not: you can go on without.</source>
        <translation>Token, Passwörter und Schlüssel in diesem Kern sind versiegelt. Personen, Gruppen und Richtlinien sind es nicht: Es geht auch ohne.</translation>
    </message>
    <message>
        <source>&amp;Passphrase:</source>
        <translation>&amp;Passphrase:</translation>
    </message>
    <message>
        <source>Once &amp;more:</source>
        <translation>Noch ein&amp;mal:</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message numerus="yes">
        <source>At least %n characters are needed; several words are better than a word with digits.</source>
        <translation>
            <numerusform>Mindestens %n Zeichen sind nötig; mehrere Wörter sind besser als ein Wort mit Ziffern.</numerusform>
            <numerusform>Mindestens %n Zeichen sind nötig; mehrere Wörter sind besser als ein Wort mit Ziffern.</numerusform>
        </translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Die beiden sind nicht gleich.</translation>
    </message>
    <message>
        <source>Making the key …</source>
        <translation>Der Schlüssel wird gebildet …</translation>
    </message>
    <message>
        <source>That is not the passphrase of this core.</source>
        <translation>Das ist nicht die Passphrase dieses Kerns.</translation>
    </message>
</context>
<context>
    <name>kith::views::PeopleEdit</name>
    <message>
        <source>Disable %1</source>
        <translation>%1 deaktivieren</translation>
    </message>
    <message>
        <source>Enable %1</source>
        <translation>%1 aktivieren</translation>
    </message>
    <message>
        <source>Give %1 to %2</source>
        <comment>policies to people</comment>
        <translation>%1 an %2 geben</translation>
    </message>
    <message>
        <source>Take %1 from %2</source>
        <comment>policies from people</comment>
        <translation>%1 von %2 nehmen</translation>
    </message>
    <message>
        <source>Clear %1 of %2</source>
        <comment>metadata of people</comment>
        <translation>%1 von %2 löschen</translation>
    </message>
    <message>
        <source>Set %1 of %2</source>
        <comment>metadata of people</comment>
        <translation>%1 von %2 setzen</translation>
    </message>
    <message>
        <source>Disabled %1</source>
        <translation>%1 deaktiviert</translation>
    </message>
    <message>
        <source>Enabled %1</source>
        <translation>%1 aktiviert</translation>
    </message>
    <message>
        <source>Gave %1 to %2</source>
        <comment>policies to people</comment>
        <translation>%1 an %2 gegeben</translation>
    </message>
    <message>
        <source>Took %1 from %2</source>
        <comment>policies from people</comment>
        <translation>%1 von %2 genommen</translation>
    </message>
    <message>
        <source>Cleared %1 of %2</source>
        <comment>metadata of people</comment>
        <translation>%1 von %2 gelöscht</translation>
    </message>
    <message>
        <source>%1 of %2 is set</source>
        <comment>metadata of people</comment>
        <translation>%1 von %2 gesetzt</translation>
    </message>
    <message>
        <source>Nothing to change: it is so already</source>
        <translation>Nichts zu ändern: Es ist schon so</translation>
    </message>
    <message>
        <source>Nothing to change: disabled already</source>
        <translation>Nichts zu ändern: schon deaktiviert</translation>
    </message>
    <message>
        <source>Nothing to change: enabled already</source>
        <translation>Nichts zu ändern: schon aktiviert</translation>
    </message>
</context>
<context>
    <name>kith::views::Permissions</name>
    <message>
        <source>%1 is writing to this core: nothing can be changed here until it has ended.</source>
        <translation>%1 schreibt in diesen Kern: Bis das endet, kann hier nichts geändert werden.</translation>
    </message>
    <message>
        <source>This connection is set to read only. Its settings are under File, Connections.</source>
        <translation>Diese Verbindung ist auf „nur lesen“ gestellt. Ihre Einstellungen sind unter Datei, Verbindungen.</translation>
    </message>
    <message>
        <source>You have no right to create entities here.</source>
        <translation>Sie haben kein Recht, hier Entitäten zu erstellen.</translation>
    </message>
    <message>
        <source>You have no right to create groups here.</source>
        <translation>Sie haben kein Recht, hier Gruppen zu erstellen.</translation>
    </message>
    <message>
        <source>You have no right to change entities here.</source>
        <translation>Sie haben kein Recht, hier Entitäten zu ändern.</translation>
    </message>
    <message>
        <source>You have no right to change groups here.</source>
        <translation>Sie haben kein Recht, hier Gruppen zu ändern.</translation>
    </message>
    <message>
        <source>You have no right to delete entities here.</source>
        <translation>Sie haben kein Recht, hier Entitäten zu löschen.</translation>
    </message>
    <message>
        <source>You have no right to delete groups here.</source>
        <translation>Sie haben kein Recht, hier Gruppen zu löschen.</translation>
    </message>
    <message>
        <source>You have no right to change this entity.</source>
        <translation>Sie haben kein Recht, diese Entität zu ändern.</translation>
    </message>
    <message>
        <source>You have no right to change this group.</source>
        <translation>Sie haben kein Recht, diese Gruppe zu ändern.</translation>
    </message>
    <message>
        <source>You have no right to delete this entity.</source>
        <translation>Sie haben kein Recht, diese Entität zu löschen.</translation>
    </message>
    <message>
        <source>You have no right to delete this group.</source>
        <translation>Sie haben kein Recht, diese Gruppe zu löschen.</translation>
    </message>
    <message>
        <source>You have no right to add aliases here.</source>
        <translation>Sie haben kein Recht, hier Aliasse hinzuzufügen.</translation>
    </message>
    <message>
        <source>You have no right to change aliases here.</source>
        <translation>Sie haben kein Recht, hier Aliasse zu ändern.</translation>
    </message>
    <message>
        <source>You have no right to remove aliases here.</source>
        <translation>Sie haben kein Recht, hier Aliasse zu entfernen.</translation>
    </message>
    <message>
        <source>You have no right to merge entities here.</source>
        <translation>Sie haben kein Recht, hier Entitäten zusammenzuführen.</translation>
    </message>
    <message>
        <source>You have no right to delete policies here.</source>
        <translation>Sie haben kein Recht, hier Richtlinien zu löschen.</translation>
    </message>
    <message>
        <source>You have no right to change policies here.</source>
        <translation>Sie haben kein Recht, hier Richtlinien zu ändern.</translation>
    </message>
    <message>
        <source>You have no right to enable auth methods here.</source>
        <translation>Sie haben kein Recht, hier Anmeldemethoden zu aktivieren.</translation>
    </message>
    <message>
        <source>You have no right to describe auth methods here.</source>
        <translation>Sie haben kein Recht, hier Anmeldemethoden zu beschreiben.</translation>
    </message>
    <message>
        <source>You have no right to disable auth methods here.</source>
        <translation>Sie haben kein Recht, hier Anmeldemethoden zu deaktivieren.</translation>
    </message>
    <message>
        <source>You have no right to describe this auth method.</source>
        <translation>Sie haben kein Recht, diese Anmeldemethode zu beschreiben.</translation>
    </message>
    <message>
        <source>You have no right to disable this auth method.</source>
        <translation>Sie haben kein Recht, diese Anmeldemethode zu deaktivieren.</translation>
    </message>
</context>
<context>
    <name>kith::views::PoliciesPage</name>
    <message>
        <source>Policies</source>
        <translation>Richtlinien</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>not defined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source>Filter policies</source>
        <translation>Richtlinien filtern</translation>
    </message>
    <message>
        <source>Filter by name or path …</source>
        <translation>Nach Name oder Pfad filtern …</translation>
    </message>
    <message>
        <source>Which policies are shown</source>
        <translation>Welche Richtlinien gezeigt werden</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Not defined</source>
        <translation>Nicht definiert</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>Unbenutzt</translation>
    </message>
    <message>
        <source>+ New</source>
        <translation>+ Neu</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>Neue Richtlinie</translation>
    </message>
    <message>
        <source>The policies can’t be read</source>
        <translation>Die Richtlinien sind nicht lesbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Not defined %1</source>
        <translation>Nicht definiert %1</translation>
    </message>
    <message>
        <source>No policy matches</source>
        <translation>Keine Richtlinie passt</translation>
    </message>
    <message>
        <source>No name and no text holds “%1”.</source>
        <translation>Kein Name und kein Text enthält „%1“.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Every policy is defined</source>
        <translation>Jede Richtlinie ist definiert</translation>
    </message>
    <message>
        <source>Whatever people and groups carry has been written.</source>
        <translation>Was Personen und Gruppen tragen, ist alles geschrieben.</translation>
    </message>
    <message>
        <source>Every policy is used</source>
        <translation>Jede Richtlinie wird benutzt</translation>
    </message>
    <message>
        <source>Each is carried by a group or a person.</source>
        <translation>Jede wird von einer Gruppe oder Person getragen.</translation>
    </message>
    <message>
        <source>No policies are here yet</source>
        <translation>Noch gibt es hier keine Richtlinien</translation>
    </message>
    <message>
        <source>A policy says which paths may be read, written or listed. Groups and people carry them.</source>
        <translation>Eine Richtlinie sagt, welche Pfade gelesen, geschrieben oder aufgelistet werden dürfen. Gruppen und Personen tragen sie.</translation>
    </message>
    <message>
        <source>New policy …</source>
        <translation>Neue Richtlinie …</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyCards</name>
    <message>
        <source>not defined: grants nothing</source>
        <translation>nicht definiert: gewährt nichts</translation>
    </message>
    <message>
        <source>on the entity itself</source>
        <translation>an der Entität selbst</translation>
    </message>
    <message>
        <source>on the group itself</source>
        <translation>an der Gruppe selbst</translation>
    </message>
    <message>
        <source>by</source>
        <comment>a policy comes by a group, then by one above it</comment>
        <translation>über</translation>
    </message>
    <message>
        <source>filled from %1</source>
        <comment>a mount</comment>
        <translation>gefüllt aus %1</translation>
    </message>
    <message>
        <source>alias %1 on %2</source>
        <translation>Alias %1 an %2</translation>
    </message>
    <message>
        <source>alias %1 on %2, refreshed %3</source>
        <translation>Alias %1 an %2, aufgefrischt %3</translation>
    </message>
    <message>
        <source>Looking for the ways …</source>
        <translation>Die Wege werden gesucht …</translation>
    </message>
    <message>
        <source>These are the first %L1 of %2.</source>
        <translation>Das sind die ersten %L1 von %2.</translation>
    </message>
    <message>
        <source>%1 group %2</source>
        <comment>mount, name</comment>
        <translation>%1-Gruppe %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln source(s)</source>
        <translation>
            <numerusform>%Ln Quelle</numerusform>
            <numerusform>%Ln Quellen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln way(s)</source>
        <translation>
            <numerusform>%Ln Weg</numerusform>
            <numerusform>%Ln Wege</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ways</source>
        <translation>%1 Wege</translation>
    </message>
    <message>
        <source>about %1 × 10^%2 ways</source>
        <translation>etwa %1 × 10^%2 Wege</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyEdit</name>
    <message>
        <source>Create policy %1</source>
        <translation>Richtlinie %1 erstellen</translation>
    </message>
    <message>
        <source>Delete policy %1</source>
        <translation>Richtlinie %1 löschen</translation>
    </message>
    <message>
        <source>Change policy %1</source>
        <translation>Richtlinie %1 ändern</translation>
    </message>
    <message>
        <source>Created policy %1</source>
        <translation>Richtlinie %1 erstellt</translation>
    </message>
    <message>
        <source>Deleted policy %1</source>
        <translation>Richtlinie %1 gelöscht</translation>
    </message>
    <message>
        <source>Changed policy %1</source>
        <translation>Richtlinie %1 geändert</translation>
    </message>
    <message>
        <source>The policy %1 says just that already</source>
        <translation>Die Richtlinie %1 sagt genau das schon</translation>
    </message>
    <message>
        <source>The policy %1 is gone already</source>
        <translation>Die Richtlinie %1 ist schon fort</translation>
    </message>
    <message>
        <source>Somebody else deleted the policy %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen die Richtlinie %1 gelöscht.</translation>
    </message>
    <message>
        <source>Somebody else made a policy %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen eine Richtlinie %1 angelegt.</translation>
    </message>
    <message>
        <source>Somebody else changed the policy %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen die Richtlinie %1 geändert.</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyEditor</name>
    <message>
        <source>Text of the policy</source>
        <translation>Text der Richtlinie</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyHolders</name>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>by</source>
        <translation>über</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Who has it</source>
        <translation>Wer sie hat</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>people, groups</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entity(s) have it</source>
        <translation>
            <numerusform>%Ln Entität hat sie</numerusform>
            <numerusform>%Ln Entitäten haben sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) give it</source>
        <translation>
            <numerusform>%Ln Gruppe gibt sie</numerusform>
            <numerusform>%Ln Gruppen geben sie</numerusform>
        </translation>
    </message>
    <message>
        <source>It isn’t defined, so it grants nothing. %1</source>
        <translation>Sie ist nicht definiert, gewährt also nichts. %1</translation>
    </message>
    <message>
        <source>Groups that give it</source>
        <translation>Gruppen, die sie geben</translation>
    </message>
    <message>
        <source>People who have it</source>
        <translation>Personen, die sie haben</translation>
    </message>
    <message>
        <source>Nobody has this policy, and no group gives it.</source>
        <translation>Niemand hat diese Richtlinie, und keine Gruppe gibt sie.</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyOverview</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show the policies that nobody has written</source>
        <translation>Die Richtlinien zeigen, die niemand geschrieben hat</translation>
    </message>
    <message>
        <source>Show the policies that nobody carries</source>
        <translation>Die Richtlinien zeigen, die niemand trägt</translation>
    </message>
    <message>
        <source>No policy is chosen</source>
        <translation>Keine Richtlinie ist gewählt</translation>
    </message>
    <message>
        <source>Choose one to read and change it, to see what each of its rules means, and who has it.</source>
        <translation>Wählen Sie eine, um sie zu lesen und zu ändern und um zu sehen, was jede ihrer Regeln bedeutet und wer sie hat.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln policies are carried by people or groups, but nobody has written them: they grant nothing.</source>
        <translation>
            <numerusform>%Ln Richtlinie wird von Personen oder Gruppen getragen, aber niemand hat sie geschrieben: Sie gewährt nichts.</numerusform>
            <numerusform>%Ln Richtlinien werden von Personen oder Gruppen getragen, aber niemand hat sie geschrieben: Sie gewähren nichts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln policies are carried by nobody.</source>
        <translation>
            <numerusform>%Ln Richtlinie trägt niemand.</numerusform>
            <numerusform>%Ln Richtlinien trägt niemand.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyPane</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>&amp;Revert</source>
        <translation>&amp;Verwerfen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>About the policy</source>
        <translation>Über die Richtlinie</translation>
    </message>
    <message>
        <source>Text and rules</source>
        <translation>Text und Regeln</translation>
    </message>
    <message>
        <source>Who has it</source>
        <translation>Wer sie hat</translation>
    </message>
    <message>
        <source>Name of the new policy</source>
        <translation>Name der neuen Richtlinie</translation>
    </message>
    <message>
        <source>What the rules mean</source>
        <translation>Was die Regeln bedeuten</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>Speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Who has it: %1</source>
        <translation>Wer sie hat: %1</translation>
    </message>
    <message>
        <source>Nobody has written it: whoever has it is granted nothing by it.</source>
        <translation>Niemand hat sie geschrieben: Wer sie hat, dem gewährt sie nichts.</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Somebody else changed this policy since you began to. Saving shows both versions.</source>
        <translation>Seit Sie begonnen haben, hat jemand anderes diese Richtlinie geändert. Beim Speichern sehen Sie beide Stände.</translation>
    </message>
    <message>
        <source>What you changed isn’t saved yet.</source>
        <translation>Was Sie geändert haben, ist noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>Somebody else changed this policy meanwhile. Saving shows both versions.</source>
        <translation>Jemand anderes hat diese Richtlinie inzwischen geändert. Beim Speichern sehen Sie beide Stände.</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>There is no rule in it, so it allows nothing.</source>
        <translation>Sie enthält keine Regel, erlaubt also nichts.</translation>
    </message>
    <message>
        <source>A policy needs a name.</source>
        <translation>Eine Richtlinie braucht einen Namen.</translation>
    </message>
    <message>
        <source>That name is taken by the server itself.</source>
        <translation>Diesen Namen braucht der Server selbst.</translation>
    </message>
    <message>
        <source>This policy belongs to the server and can’t be changed.</source>
        <translation>Diese Richtlinie gehört dem Server und kann nicht geändert werden.</translation>
    </message>
    <message>
        <source>not defined: grants nothing</source>
        <translation>nicht definiert: gewährt nichts</translation>
    </message>
    <message>
        <source>This policy belongs to the server and can’t be deleted.</source>
        <translation>Diese Richtlinie gehört dem Server und kann nicht gelöscht werden.</translation>
    </message>
    <message>
        <source>The text can’t be read yet: see line %1.</source>
        <translation>Der Text ist noch nicht lesbar: siehe Zeile %1.</translation>
    </message>
    <message>
        <source>A policy can’t be empty. It can be deleted.</source>
        <translation>Eine Richtlinie kann nicht leer sein. Sie kann gelöscht werden.</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>&amp;Erstellen</translation>
    </message>
    <message>
        <source>The policy %1 isn’t saved: %2</source>
        <translation>Die Richtlinie %1 ist nicht gespeichert: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyRuleCards</name>
    <message>
        <source>Only with these parameters: %1</source>
        <translation>Nur mit diesen Parametern: %1</translation>
    </message>
    <message>
        <source>Not with these parameters: %1</source>
        <translation>Nicht mit diesen Parametern: %1</translation>
    </message>
    <message>
        <source>Needs these parameters: %1</source>
        <translation>Braucht diese Parameter: %1</translation>
    </message>
    <message>
        <source>Only the list at exactly this path.</source>
        <translation>Nur die Liste an genau diesem Pfad.</translation>
    </message>
    <message>
        <source>Exactly this path, and nothing below it.</source>
        <translation>Genau dieser Pfad und nichts darunter.</translation>
    </message>
    <message>
        <source>Every path there is.</source>
        <translation>Jeder Pfad, den es gibt.</translation>
    </message>
    <message>
        <source>Everything below %1</source>
        <translation>Alles unter %1</translation>
    </message>
    <message>
        <source>Every path that begins with %1</source>
        <translation>Jeder Pfad, der mit %1 beginnt</translation>
    </message>
    <message>
        <source>Paths of this form, with one segment of any name for each +, and whatever begins like that.</source>
        <translation>Pfade dieser Form, mit einem Segment beliebigen Namens für jedes +, und alles, was so beginnt.</translation>
    </message>
    <message>
        <source>Paths of this form, with one segment of any name for each +.</source>
        <translation>Pfade dieser Form, mit einem Segment beliebigen Namens für jedes +.</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>What stands in {{ }} is another text for each person.</source>
        <translation>Was in {{ }} steht, ist für jede Person ein anderer Text.</translation>
    </message>
    <message>
        <source>Allows nothing: it names no capability.</source>
        <translation>Erlaubt nichts: Es ist kein Recht genannt.</translation>
    </message>
    <message>
        <source>Nobody who has this policy gets in there, whatever else another policy says of the same path.</source>
        <translation>Niemand mit dieser Richtlinie kommt dort hinein, was immer eine andere Richtlinie über denselben Pfad sagt.</translation>
    </message>
    <message>
        <source>expired %1, counts no more</source>
        <translation>am %1 abgelaufen, zählt nicht mehr</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
</context>
<context>
    <name>kith::views::PolicySourcesView</name>
    <message>
        <source>By policy</source>
        <translation>Nach Richtlinie</translation>
    </message>
    <message>
        <source>By source</source>
        <translation>Nach Quelle</translation>
    </message>
    <message>
        <source>Filter …</source>
        <translation>Filtern …</translation>
    </message>
    <message>
        <source>Filter by policy or group</source>
        <translation>Nach Richtlinie oder Gruppe filtern</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all policies shown here, with their sources, as text</source>
        <translation>Alle hier gezeigten Richtlinien mit ihren Quellen als Text kopieren</translation>
    </message>
    <message>
        <source>Effective policies</source>
        <translation>Wirksame Richtlinien</translation>
    </message>
    <message>
        <source>Policies are being read</source>
        <translation>Die Richtlinien werden gelesen</translation>
    </message>
    <message>
        <source>Effective policies of %1</source>
        <translation>Wirksame Richtlinien von %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No policy and no group on the way matches “%1”.</source>
        <translation>Keine Richtlinie und keine Gruppe auf dem Weg passt zu „%1“.</translation>
    </message>
    <message>
        <source>Being in this group gives no policy: it carries none, and neither does a group above it.</source>
        <translation>In dieser Gruppe zu sein gibt keine Richtlinie: Weder sie noch eine Gruppe darüber trägt eine.</translation>
    </message>
    <message>
        <source>No policies: there is none on the entity itself, and none on the groups that it is in.</source>
        <translation>Keine Richtlinien: weder an der Entität selbst noch an den Gruppen, in denen sie ist.</translation>
    </message>
</context>
<context>
    <name>kith::views::PreviewText</name>
    <message>
        <source>%1 and %L2 more</source>
        <translation>%1 und %L2 weitere</translation>
    </message>
    <message>
        <source> for %1 of %2</source>
        <comment>people</comment>
        <translation> für %1 von %2</translation>
    </message>
    <message>
        <source>1 policy</source>
        <translation>1 Richtlinie</translation>
    </message>
    <message numerus="yes">
        <source>%Ln policies</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln Richtlinie</numerusform>
            <numerusform>%Ln Richtlinien</numerusform>
        </translation>
    </message>
    <message>
        <source>, nothing new for %1</source>
        <translation>, nichts Neues für %1</translation>
    </message>
    <message>
        <source>%1%2, not defined and granting nothing: %3%4</source>
        <comment>+ 4 policies, for 2 of 3, names, nothing new for Chiara</comment>
        <translation>%1%2, nicht definiert und ohne Wirkung: %3%4</translation>
    </message>
    <message>
        <source>%1%2: %3%4</source>
        <comment>+ 4 policies, for 2 of 3, names, nothing new for Chiara</comment>
        <translation>%1%2: %3%4</translation>
    </message>
    <message>
        <source> for at least %1 of %2</source>
        <comment>people</comment>
        <translation> für mindestens %1 von %2</translation>
    </message>
    <message>
        <source>− loses %1 on %2%3: a narrower rule of %4 wins</source>
        <comment>read, update; path; for 2 of 3; policy</comment>
        <translation>− verliert %1 an %2%3: eine engere Regel von %4 gilt</translation>
    </message>
    <message numerus="yes">
        <source>− and access to %Ln more paths</source>
        <comment>may be one</comment>
        <translation>
            <numerusform>− und Zugang zu %Ln weiteren Pfad</numerusform>
            <numerusform>− und Zugang zu %Ln weiteren Pfaden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>− and access to at least %Ln more paths</source>
        <comment>may be one</comment>
        <translation>
            <numerusform>− und Zugang zu mindestens %Ln weiteren Pfad</numerusform>
            <numerusform>− und Zugang zu mindestens %Ln weiteren Pfaden</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many to say whether somebody loses access</source>
        <translation>Zu viele, um zu sagen, ob jemand Zugang verliert</translation>
    </message>
    <message>
        <source>Too many to say whether more access is lost</source>
        <translation>Zu viele, um zu sagen, ob noch mehr Zugang verloren geht</translation>
    </message>
    <message>
        <source>Take %1 out of %2</source>
        <translation>%1 aus %2 herausnehmen</translation>
    </message>
    <message>
        <source>Move %1 from %2 to %3</source>
        <translation>%1 aus %2 nach %3 verschieben</translation>
    </message>
    <message>
        <source>Add %1 to %2</source>
        <translation>%1 zu %2 hinzufügen</translation>
    </message>
    <message>
        <source>One is there already</source>
        <translation>Eine davon ist schon dort</translation>
    </message>
    <message numerus="yes">
        <source>%Ln are there already</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln sind schon dort</numerusform>
            <numerusform>%Ln sind schon dort</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is in it: no rights change</source>
        <translation>Niemand ist darin: keine Rechte ändern sich</translation>
    </message>
    <message>
        <source>No rights change</source>
        <translation>Keine Rechte ändern sich</translation>
    </message>
    <message>
        <source>A group can’t be in itself</source>
        <translation>Eine Gruppe kann nicht in sich selbst sein</translation>
    </message>
    <message>
        <source>%1 is inside the group that is dragged: it would contain itself</source>
        <translation>%1 ist in der gezogenen Gruppe: Sie würde sich selbst enthalten</translation>
    </message>
    <message>
        <source>%1 is external: its members come from its mount</source>
        <translation>%1 ist extern: Ihre Mitglieder kommen von ihrem Mount</translation>
    </message>
    <message>
        <source>Nobody can be taken out of an external group: its mount decides</source>
        <translation>Aus einer externen Gruppe kann niemand herausgenommen werden: Ihr Mount entscheidet</translation>
    </message>
    <message>
        <source>Already in %1</source>
        <translation>Schon in %1</translation>
    </message>
    <message>
        <source>It doesn’t exist any more</source>
        <translation>Das gibt es nicht mehr</translation>
    </message>
</context>
<context>
    <name>kith::views::ProductionBand</name>
    <message>
        <source>Production</source>
        <translation>Produktion</translation>
    </message>
</context>
<context>
    <name>kith::views::ProductionQuestion</name>
    <message>
        <source>Change production?</source>
        <translation>Produktion ändern?</translation>
    </message>
    <message>
        <source>This is production: %1.</source>
        <translation>Das ist Produktion: %1.</translation>
    </message>
    <message>
        <source>Change production</source>
        <translation>Produktion ändern</translation>
    </message>
</context>
<context>
    <name>kith::views::ProfileDialog</name>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Connection %1</source>
        <translation>Verbindung %1</translation>
    </message>
    <message>
        <source>Trust this certificate</source>
        <translation>Diesem Zertifikat vertrauen</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>It can’t be kept: %1</source>
        <translation>Sie lässt sich nicht aufbewahren: %1</translation>
    </message>
</context>
<context>
    <name>kith::views::ProfileForm</name>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>orange</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>violet</source>
        <translation>violett</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Anmeldung</translation>
    </message>
    <message>
        <source>%1: choose the file</source>
        <translation>%1: Datei wählen</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Folder:</source>
        <translation>&amp;Ordner:</translation>
    </message>
    <message>
        <source>none, or for example Company/Europe</source>
        <translation>keiner, oder zum Beispiel Firma/Europa</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>&amp;Farbe:</translation>
    </message>
    <message>
        <source>This is &amp;production: mark every page, confirm each change</source>
        <translation>Das ist &amp;Produktion: jede Seite kennzeichnen, jede Änderung bestätigen</translation>
    </message>
    <message>
        <source>&amp;Read only: change nothing over this connection</source>
        <translation>Nur &amp;lesen: über diese Verbindung nichts ändern</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>&amp;Adresse:</translation>
    </message>
    <message>
        <source>Name&amp;space:</source>
        <translation>Name&amp;space:</translation>
    </message>
    <message>
        <source>T&amp;rust:</source>
        <translation>&amp;Vertrauen:</translation>
    </message>
    <message>
        <source>whom this system trusts</source>
        <translation>wem dieses System vertraut</translation>
    </message>
    <message>
        <source>an authority of your own</source>
        <translation>einer eigenen Zertifizierungsstelle</translation>
    </message>
    <message>
        <source>this one certificate</source>
        <translation>diesem einen Zertifikat</translation>
    </message>
    <message>
        <source>Au&amp;thority:</source>
        <translation>&amp;Zertifizierungsstelle:</translation>
    </message>
    <message>
        <source>SHA-256:</source>
        <translation>SHA-256:</translation>
    </message>
    <message>
        <source>Your &amp;certificate:</source>
        <translation>&amp;Ihr Zertifikat:</translation>
    </message>
    <message>
        <source>Its &amp;key:</source>
        <translation>Sein Schlü&amp;ssel:</translation>
    </message>
    <message>
        <source>in the same file</source>
        <translation>in derselben Datei</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>&amp;Patience:</source>
        <translation>&amp;Geduld:</translation>
    </message>
    <message>
        <source>Use the system’s pro&amp;xy</source>
        <translation>Pro&amp;xy des Systems verwenden</translation>
    </message>
    <message>
        <source>&amp;With:</source>
        <translation>&amp;Mit:</translation>
    </message>
    <message>
        <source>a token</source>
        <translation>einem Token</translation>
    </message>
    <message>
        <source>user and password (userpass)</source>
        <translation>Benutzer und Passwort (userpass)</translation>
    </message>
    <message>
        <source>role and secret id (approle)</source>
        <translation>Rollen-ID und Secret-ID (approle)</translation>
    </message>
    <message>
        <source>user and password of another mount (ldap, radius, okta)</source>
        <translation>Benutzer und Passwort eines anderen Mounts (ldap, radius, okta)</translation>
    </message>
    <message>
        <source>&amp;Mount:</source>
        <translation>M&amp;ount:</translation>
    </message>
    <message>
        <source>&amp;User or role id:</source>
        <translation>&amp;Benutzer oder Rollen-ID:</translation>
    </message>
    <message>
        <source>asked for each time</source>
        <translation>wird jedes Mal gefragt</translation>
    </message>
    <message>
        <source>&amp;Keep the token in the desktop’s keychain</source>
        <translation>Das Token im Schlüsselbund des Desktops auf&amp;bewahren</translation>
    </message>
    <message>
        <source>none yet: test the connection</source>
        <translation>noch keines: Testen Sie die Verbindung</translation>
    </message>
</context>
<context>
    <name>kith::views::RemoteGuide</name>
    <message>
        <source>You have no right to look up “%1”, neither as a person nor as a group.</source>
        <translation>Sie haben kein Recht, „%1“ nachzuschlagen, weder als Person noch als Gruppe.</translation>
    </message>
    <message>
        <source>The server has nobody and no group with the name or id “%1”.</source>
        <translation>Der Server hat niemanden und keine Gruppe mit dem Namen oder der ID „%1“.</translation>
    </message>
    <message>
        <source>“%1” can’t be looked up: %2</source>
        <translation>„%1“ lässt sich nicht nachschlagen: %2</translation>
    </message>
    <message>
        <source>Click, or F5: read it all again from %1</source>
        <translation>Klick oder F5: alles neu lesen von %1</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>wird gelesen …</translation>
    </message>
    <message>
        <source>reading %1 of %2</source>
        <translation>%1 von %2 gelesen</translation>
    </message>
    <message>
        <source>read %1</source>
        <comment>3 minutes ago</comment>
        <translation>gelesen %1</translation>
    </message>
    <message>
        <source>not read to the end</source>
        <translation>nicht zu Ende gelesen</translation>
    </message>
    <message>
        <source>can’t be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>can’t be read since %1</source>
        <translation>nicht lesbar seit %1</translation>
    </message>
    <message>
        <source>%1 can’t be read: %2 It is tried again by itself.</source>
        <translation>%1 ist nicht lesbar: %2 Es wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>You may not list everything here, so there may be more than is shown: %1</source>
        <translation>Sie dürfen hier nicht alles auflisten; es kann also mehr geben, als gezeigt wird: %1</translation>
    </message>
    <message>
        <source>Sign in again …</source>
        <translation>Neu anmelden …</translation>
    </message>
    <message>
        <source>Your sign-in ends at %1.</source>
        <translation>Ihre Anmeldung endet um %1.</translation>
    </message>
    <message>
        <source>Your sign-in has ended: what is shown grows old, and nothing can be changed.</source>
        <translation>Ihre Anmeldung ist zu Ende: Was gezeigt wird, veraltet, und nichts kann geändert werden.</translation>
    </message>
    <message>
        <source>Your sign-in was taken back by the server: what is shown grows old, and nothing can be changed.</source>
        <translation>Der Server hat Ihre Anmeldung zurückgenommen: Was gezeigt wird, veraltet, und nichts kann geändert werden.</translation>
    </message>
    <message numerus="yes">
        <source>Somebody else changed %Ln object(s) at the same moment as you: look whether all is as it should be.</source>
        <translation>
            <numerusform>Jemand anderes hat im selben Moment wie Sie %Ln Objekt geändert: Sehen Sie nach, ob alles ist, wie es soll.</numerusform>
            <numerusform>Jemand anderes hat im selben Moment wie Sie %Ln Objekte geändert: Sehen Sie nach, ob alles ist, wie es soll.</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved, but somebody else changed “%1” at the same moment: what they did may be overwritten.</source>
        <translation>Gespeichert, aber jemand anderes hat „%1“ im selben Moment geändert: Vielleicht ist das überschrieben.</translation>
    </message>
    <message>
        <source>Somebody else changed “%1” right after you: what you wrote isn’t there any more.</source>
        <translation>Jemand anderes hat „%1“ gleich nach Ihnen geändert: Was Sie geschrieben haben, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
</context>
<context>
    <name>kith::views::SearchField</name>
    <message>
        <source>Find</source>
        <translation>Finden</translation>
    </message>
    <message>
        <source>Find people, groups, policies, an id, a command …   (Ctrl+K)</source>
        <translation>Personen, Gruppen, Richtlinien, IDs, Befehle finden …   (Strg+K)</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Not among what you may list. Enter asks the server for exactly this name or id.</source>
        <translation>Nicht unter dem, was Sie auflisten dürfen. Die Eingabetaste fragt den Server nach genau diesem Namen oder dieser ID.</translation>
    </message>
    <message>
        <source>Enter opens, or drag onto a group. Ctrl+Enter asks the server for exactly this name or id.</source>
        <translation>Eingabetaste öffnet, oder auf eine Gruppe ziehen. Strg+Eingabe fragt den Server nach genau diesem Namen oder dieser ID.</translation>
    </message>
    <message>
        <source>Nothing is called so. Part of a name, an alias, a metadata value or an id will do.</source>
        <translation>Nichts heißt so. Ein Teil eines Namens, Alias, Metadatenwerts oder einer ID genügt.</translation>
    </message>
    <message>
        <source>Enter opens, or drag onto a group</source>
        <translation>Eingabetaste öffnet, oder auf eine Gruppe ziehen</translation>
    </message>
    <message>
        <source>Opened lately. Type to find anything, also what can be done.</source>
        <translation>Zuletzt geöffnet. Tippen Sie, um etwas zu finden, auch was getan werden kann.</translation>
    </message>
</context>
<context>
    <name>kith::views::SeveralPane</name>
    <message>
        <source>%L1 of %L2</source>
        <comment>3 of 5 people</comment>
        <translation>%L1 von %L2</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weitere</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>not defined</source>
        <translation>nicht definiert</translation>
    </message>
    <message>
        <source>No such policy exists, so it grants nothing.</source>
        <translation>Eine solche Richtlinie gibt es nicht; sie gewährt also nichts.</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>%1; not set (%L2)</source>
        <comment>values; how many have none</comment>
        <translation>%1; nicht gesetzt (%L2)</translation>
    </message>
    <message>
        <source>All are enabled</source>
        <translation>Alle sind aktiviert</translation>
    </message>
    <message>
        <source>All are disabled</source>
        <translation>Alle sind deaktiviert</translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln are disabled</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%L1 von %Ln ist deaktiviert</numerusform>
            <numerusform>%L1 von %Ln sind deaktiviert</numerusform>
        </translation>
    </message>
    <message>
        <source>Policies that all have: %1</source>
        <translation>Richtlinien, die alle haben: %1</translation>
    </message>
    <message>
        <source>Policies that only some have: %1</source>
        <translation>Richtlinien, die nur manche haben: %1</translation>
    </message>
    <message>
        <source>Groups that all are in: %1</source>
        <translation>Gruppen, in denen alle sind: %1</translation>
    </message>
    <message>
        <source>Groups that only some are in: %1</source>
        <translation>Gruppen, in denen nur manche sind: %1</translation>
    </message>
    <message>
        <source>On each of them themselves: %1</source>
        <comment>policies</comment>
        <translation>An jedem selbst: %1</translation>
    </message>
    <message>
        <source>On some of them themselves: %1</source>
        <comment>policies</comment>
        <translation>An manchen selbst: %1</translation>
    </message>
    <message>
        <source>What the selected have in common, and where they differ</source>
        <translation>Was die Ausgewählten gemeinsam haben, und worin sie sich unterscheiden</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entity(s) selected</source>
        <translation>
            <numerusform>%Ln Entität ausgewählt</numerusform>
            <numerusform>%Ln Entitäten ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>They are gone.</source>
        <translation>Es gibt sie nicht mehr.</translation>
    </message>
</context>
<context>
    <name>kith::views::ShareDialog</name>
    <message>
        <source>Share this core</source>
        <translation>Diesen Kern freigeben</translation>
    </message>
    <message>
        <source>Programs on this machine can use this core as they use Vault or OpenBao, while this window is open. Other machines can’t reach it.</source>
        <translation>Programme auf diesem Rechner können diesen Kern verwenden wie Vault oder OpenBao, solange dieses Fenster offen ist. Andere Rechner erreichen ihn nicht.</translation>
    </message>
    <message>
        <source>&amp;Port:</source>
        <translation>&amp;Port:</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>&amp;Adresse:</translation>
    </message>
    <message>
        <source>&amp;Token:</source>
        <translation>&amp;Token:</translation>
    </message>
    <message>
        <source>It can’t listen there: %1. Another port may do.</source>
        <translation>Dort kann nicht zugehört werden: %1. Vielleicht geht ein anderer Port.</translation>
    </message>
    <message>
        <source>It is gone from the clipboard.</source>
        <translation>Es ist aus der Zwischenablage fort.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>Unlock …</source>
        <translation>Entsperren …</translation>
    </message>
    <message>
        <source>On the clipboard for ten seconds.</source>
        <translation>Zehn Sekunden lang in der Zwischenablage.</translation>
    </message>
    <message>
        <source>It may do everything here. It is shown once, and ends when sharing stops, at the latest after a day.</source>
        <translation>Es darf hier alles. Es wird einmal gezeigt und endet mit der Freigabe, spätestens nach einem Tag.</translation>
    </message>
    <message>
        <source>&amp;Start sharing</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>&amp;Stop sharing</source>
        <translation>Freigabe &amp;beenden</translation>
    </message>
    <message>
        <source>Finishing what is under way …</source>
        <translation>Was läuft, wird beendet …</translation>
    </message>
    <message>
        <source>not shared</source>
        <translation>nicht freigegeben</translation>
    </message>
    <message>
        <source>&amp;Make a token</source>
        <translation>Token &amp;erzeugen</translation>
    </message>
    <message>
        <source>Make a token</source>
        <translation>Token erzeugen</translation>
    </message>
    <message>
        <source>Copy the token</source>
        <translation>Token kopieren</translation>
    </message>
    <message>
        <source>Tokens need the core’s secrets, which are locked.</source>
        <translation>Token brauchen die Geheimnisse des Kerns, und die sind gesperrt.</translation>
    </message>
    <message>
        <source>This core belongs to kithd: unseal it with its unseal keys over the API.</source>
        <translation>Dieser Kern gehört kithd: Entsiegeln Sie ihn mit seinen Entsiegelungsschlüsseln über die API.</translation>
    </message>
    <message>
        <source>The key of this core’s secrets isn’t at hand, so nobody can log in.</source>
        <translation>Der Schlüssel zu den Geheimnissen dieses Kerns ist nicht zur Hand; niemand kann sich also anmelden.</translation>
    </message>
</context>
<context>
    <name>kith::views::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>In tables, trees and fields</source>
        <translation>In Tabellen, Bäumen und Feldern</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Open what is chosen</source>
        <translation>Das Gewählte öffnen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Empty the field, leave it, go back</source>
        <translation>Feld leeren, verlassen, zurückgehen</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Strg+S</translation>
    </message>
    <message>
        <source>Save the text of a policy</source>
        <translation>Text einer Richtlinie speichern</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>To the next part of the window, and back</source>
        <translation>Zum nächsten Teil des Fensters, und zurück</translation>
    </message>
</context>
<context>
    <name>kith::views::SignInDialog</name>
    <message>
        <source>Sign in at %1</source>
        <translation>Anmelden an %1</translation>
    </message>
    <message>
        <source>%1, namespace %2</source>
        <translation>%1, Namespace %2</translation>
    </message>
    <message>
        <source>&amp;Role id:</source>
        <translation>&amp;Rollen-ID:</translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation>&amp;Benutzer:</translation>
    </message>
    <message>
        <source>&amp;Token:</source>
        <translation>&amp;Token:</translation>
    </message>
    <message>
        <source>&amp;Secret id:</source>
        <translation>&amp;Secret-ID:</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>&amp;Passwort:</translation>
    </message>
    <message>
        <source>&amp;Keep the token in the desktop’s keychain</source>
        <translation>Das Token im Schlüsselbund des Desktops auf&amp;bewahren</translation>
    </message>
    <message>
        <source>Trust this certificate from now on</source>
        <translation>Diesem Zertifikat von jetzt an vertrauen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Use the command line’s</source>
        <translation>Das der Befehlszeile nehmen</translation>
    </message>
    <message>
        <source>Asking the keychain …</source>
        <translation>Der Schlüsselbund wird gefragt …</translation>
    </message>
    <message>
        <source>The keychain doesn’t give the token: %1</source>
        <translation>Der Schlüsselbund gibt das Token nicht her: %1</translation>
    </message>
    <message>
        <source>%1 can’t be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>Signing in …</source>
        <translation>Anmeldung läuft …</translation>
    </message>
    <message>
        <source>The token in the keychain isn’t good any more. Sign in again.</source>
        <translation>Das Token im Schlüsselbund gilt nicht mehr. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The server doesn’t take this token: it is wrong, or its time is over.</source>
        <translation>Der Server nimmt dieses Token nicht an: Es ist falsch, oder seine Zeit ist um.</translation>
    </message>
    <message>
        <source>There is nothing to sign in at under this mount.</source>
        <translation>Unter diesem Mount gibt es nichts, woran man sich anmelden könnte.</translation>
    </message>
    <message>
        <source>The server refuses. After too many wrong tries it does so for a while.</source>
        <translation>Der Server weigert sich. Nach zu vielen falschen Versuchen tut er das eine Weile.</translation>
    </message>
    <message>
        <source>Role id or secret id is wrong, or the secret id is used up.</source>
        <translation>Rollen-ID oder Secret-ID ist falsch, oder die Secret-ID ist verbraucht.</translation>
    </message>
    <message>
        <source>User or password is wrong.</source>
        <translation>Benutzer oder Passwort ist falsch.</translation>
    </message>
    <message>
        <source>It can’t be reached; looking for the reason …</source>
        <translation>Nicht erreichbar; der Grund wird gesucht …</translation>
    </message>
</context>
<context>
    <name>kith::views::TableExport</name>
    <message>
        <source>Export what is shown</source>
        <translation>Gezeigtes exportieren</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>%1 konnte nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>kith::views::TokenDialog</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>&amp;Nachsehen</translation>
    </message>
    <message>
        <source>A&amp;sk</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>What a token is and has</source>
        <translation>Was ein Token ist und hat</translation>
    </message>
    <message>
        <source>What the server says of it</source>
        <translation>Was der Server darüber sagt</translation>
    </message>
    <message>
        <source>Paste a token, or give its accessor: the server says whose it is and what it has, beside what is computed here. The token goes to the server only, and isn’t kept.</source>
        <translation>Fügen Sie ein Token ein, oder nennen Sie seinen Accessor: Der Server sagt, wessen es ist und was es hat, neben dem, was hier berechnet wird. Das Token geht nur an den Server und wird nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>Named by</source>
        <translation>Genannt durch</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Accessor</source>
        <translation>Accessor</translation>
    </message>
    <message>
        <source>The token of this sign-in</source>
        <translation>Das Token dieser Anmeldung</translation>
    </message>
    <message>
        <source>What it may do at the &amp;path:</source>
        <translation>Was es am &amp;Pfad darf:</translation>
    </message>
    <message>
        <source>Asking the server …</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>You have no right to look tokens up by their accessors here.</source>
        <translation>Sie haben kein Recht, hier Token nach ihrem Accessor nachzuschlagen.</translation>
    </message>
    <message>
        <source>The server knows no such token, or you may not look it up.</source>
        <translation>Der Server kennt kein solches Token, oder Sie dürfen es nicht nachschlagen.</translation>
    </message>
    <message>
        <source>The server knows no token with this accessor.</source>
        <translation>Der Server kennt kein Token mit diesem Accessor.</translation>
    </message>
    <message>
        <source>No entity stands behind this token: what it has, it has by itself.</source>
        <translation>Hinter diesem Token steht keine Entität: Was es hat, hat es von sich aus.</translation>
    </message>
    <message>
        <source>Its entity can’t be read here, so there is nothing to compare with: %1</source>
        <translation>Seine Entität ist hier nicht lesbar, also gibt es nichts zu vergleichen: %1</translation>
    </message>
    <message>
        <source>it doesn’t exist any more.</source>
        <translation>sie besteht nicht mehr.</translation>
    </message>
    <message>
        <source>only the server says so</source>
        <translation>nur der Server sagt es</translation>
    </message>
    <message>
        <source>only computed here</source>
        <translation>nur hier berechnet</translation>
    </message>
    <message numerus="yes">
        <source>Its %Ln policy(s) by its entity are just those that are computed here.</source>
        <translation>
            <numerusform>Seine %Ln Richtlinie durch die Entität ist genau die, die hier berechnet wird.</numerusform>
            <numerusform>Seine %Ln Richtlinien durch die Entität sind genau die, die hier berechnet werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln policy(s) by its entity differ from what is computed here: read anew (F5), and look again.</source>
        <translation>
            <numerusform>%Ln Richtlinie durch die Entität weicht von dem ab, was hier berechnet wird: Lesen Sie neu (F5) und sehen Sie noch einmal nach.</numerusform>
            <numerusform>%Ln Richtlinien durch die Entität weichen von dem ab, was hier berechnet wird: Lesen Sie neu (F5) und sehen Sie noch einmal nach.</numerusform>
        </translation>
    </message>
    <message>
        <source>entity</source>
        <translation>Entität</translation>
    </message>
    <message>
        <source>not the one that is selected</source>
        <translation>nicht die ausgewählte</translation>
    </message>
    <message>
        <source>By its entity</source>
        <translation>Durch seine Entität</translation>
    </message>
    <message>
        <source>By its entity, as the server says</source>
        <translation>Durch seine Entität, wie der Server sagt</translation>
    </message>
    <message>
        <source>accessor</source>
        <translation>Accessor</translation>
    </message>
    <message>
        <source>ends</source>
        <translation>endet</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <comment>a date and time; 3 days</comment>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>can be renewed</source>
        <translation>verlängerbar</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Von sich aus</translation>
    </message>
    <message>
        <source>You have no right to ask what other tokens may do.</source>
        <translation>Sie haben kein Recht zu fragen, was andere Token dürfen.</translation>
    </message>
    <message>
        <source>Nothing: it is denied.</source>
        <translation>Nichts: Es ist verboten.</translation>
    </message>
    <message>
        <source>It may: %1</source>
        <translation>Es darf: %1</translation>
    </message>
</context>
<context>
    <name>kith::views::TopBar</name>
    <message>
        <source>+ New</source>
        <translation>+ Neu</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>↶ Undo</source>
        <extracomment>The arrow is turned around by itself where one reads from right to left.</extracomment>
        <translation>↶ Rückgängig</translation>
    </message>
    <message>
        <source>↷ Redo</source>
        <extracomment>The arrow is turned around by itself where one reads from right to left.</extracomment>
        <translation>↷ Wiederholen</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>nur lesen</translation>
    </message>
</context>
<context>
    <name>kith::views::TruthCheck</name>
    <message>
        <source>Its groups are as the server says.</source>
        <translation>Die Gruppen stimmen mit dem Server überein.</translation>
    </message>
    <message>
        <source>The server counts its groups otherwise.</source>
        <translation>Der Server zählt die Gruppen anders.</translation>
    </message>
    <message>
        <source>There also: %1.</source>
        <translation>Dort auch: %1.</translation>
    </message>
    <message>
        <source>Not there: %1.</source>
        <translation>Dort nicht: %1.</translation>
    </message>
</context>
<context>
    <name>kith::views::ValueEdit</name>
    <message>
        <source>has it</source>
        <translation>hat sie</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Policy %1</source>
        <translation>Richtlinie %1</translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>%1 in %2 umbenennen</translation>
    </message>
    <message>
        <source>Change metadata of %1</source>
        <translation>Metadaten von %1 ändern</translation>
    </message>
    <message>
        <source>Change policies of %1</source>
        <translation>Richtlinien von %1 ändern</translation>
    </message>
    <message>
        <source>Renamed %1 to %2</source>
        <translation>%1 in %2 umbenannt</translation>
    </message>
    <message>
        <source>Changed metadata of %1</source>
        <translation>Metadaten von %1 geändert</translation>
    </message>
    <message>
        <source>Changed policies of %1</source>
        <translation>Richtlinien von %1 geändert</translation>
    </message>
    <message>
        <source>Somebody else renamed %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen %1 umbenannt.</translation>
    </message>
    <message>
        <source>Somebody else changed the metadata of %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen die Metadaten von %1 geändert.</translation>
    </message>
    <message>
        <source>Somebody else changed the policies of %1 meanwhile.</source>
        <translation>Jemand anderes hat inzwischen die Richtlinien von %1 geändert.</translation>
    </message>
</context>
<context>
    <name>kith::views::WelcomePage</name>
    <message>
        <source>Who is there, and why may they do that?</source>
        <translation>Wer ist da, und warum dürfen sie das?</translation>
    </message>
    <message>
        <source>Kith shows the people and machines of an organisation, the names under which they log in, the groups that they belong to, and every policy that they have with every way in which they have it. Drag people onto a group and see, before you let go, what that would give them. Everything can be undone.</source>
        <translation>Kith zeigt die Personen und Maschinen einer Organisation, die Namen, unter denen sie sich anmelden, die Gruppen, zu denen sie gehören, und jede ihrer Richtlinien mit jedem Weg, auf dem sie sie haben. Ziehen Sie Personen auf eine Gruppe und sehen Sie, bevor Sie loslassen, was ihnen das gäbe. Alles lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>Look around with a &amp;sample</source>
        <translation>Mit einem &amp;Beispiel umsehen</translation>
    </message>
    <message>
        <source>An invented organisation of 150 people in 40 groups, to try everything on.</source>
        <translation>Eine erfundene Organisation von 150 Personen in 40 Gruppen, um alles auszuprobieren.</translation>
    </message>
    <message>
        <source>&amp;Import a document …</source>
        <translation>Dokument &amp;importieren …</translation>
    </message>
    <message>
        <source>An identity document (JSON). You see what it would create before anything is done. You can also drop the file onto this window.</source>
        <translation>Ein Identitätsdokument (JSON). Sie sehen, was es anlegen würde, bevor irgendetwas geschieht. Sie können die Datei auch auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Start &amp;empty</source>
        <translation>&amp;Leer beginnen</translation>
    </message>
    <message>
        <source>Create the first people and groups yourself.</source>
        <translation>Die ersten Personen und Gruppen selbst anlegen.</translation>
    </message>
    <message>
        <source>Everything is kept in %1</source>
        <translation>Alles wird in %1 aufbewahrt</translation>
    </message>
</context>
<context>
    <name>kith::views::WindowActions</name>
    <message>
        <source>New &amp;entity …</source>
        <translation>Neue &amp;Entität …</translation>
    </message>
    <message>
        <source>New &amp;group …</source>
        <translation>Neue &amp;Gruppe …</translation>
    </message>
    <message>
        <source>New &amp;policy …</source>
        <translation>Neue &amp;Richtlinie …</translation>
    </message>
    <message>
        <source>&amp;Import …</source>
        <translation>&amp;Importieren …</translation>
    </message>
    <message>
        <source>E&amp;xport …</source>
        <translation>E&amp;xportieren …</translation>
    </message>
    <message>
        <source>Export &amp;what is shown …</source>
        <translation>Ge&amp;zeigtes exportieren …</translation>
    </message>
    <message>
        <source>&amp;Connections …</source>
        <translation>&amp;Verbindungen …</translation>
    </message>
    <message>
        <source>S&amp;hare this core …</source>
        <translation>Diesen Kern &amp;freigeben …</translation>
    </message>
    <message>
        <source>Unlock &amp;secrets …</source>
        <translation>Gehei&amp;mnisse entsperren …</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>Akt&amp;ualisieren</translation>
    </message>
    <message>
        <source>&amp;Lock</source>
        <translation>&amp;Sperren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste into group</source>
        <translation>In Gruppe &amp;einfügen</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Remo&amp;ve from group</source>
        <translation>Aus Gruppe ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Add to group …</source>
        <translation>Zu Gruppe &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Move to group …</source>
        <translation>In Gruppe &amp;verschieben …</translation>
    </message>
    <message>
        <source>Mer&amp;ge with …</source>
        <translation>&amp;Zusammenführen mit …</translation>
    </message>
    <message>
        <source>Ena&amp;ble</source>
        <translation>Ak&amp;tivieren</translation>
    </message>
    <message>
        <source>D&amp;isable</source>
        <translation>&amp;Deaktivieren</translation>
    </message>
    <message>
        <source>C&amp;opy id</source>
        <translation>&amp;ID kopieren</translation>
    </message>
    <message>
        <source>&amp;Entities</source>
        <translation>&amp;Entitäten</translation>
    </message>
    <message>
        <source>&amp;Groups</source>
        <translation>&amp;Gruppen</translation>
    </message>
    <message>
        <source>&amp;Aliases</source>
        <translation>&amp;Aliasse</translation>
    </message>
    <message>
        <source>&amp;Policies</source>
        <translation>&amp;Richtlinien</translation>
    </message>
    <message>
        <source>&amp;Mounts</source>
        <translation>&amp;Mounts</translation>
    </message>
    <message>
        <source>Groups be&amp;side the table</source>
        <translation>Gruppen &amp;neben der Tabelle</translation>
    </message>
    <message>
        <source>&amp;Columns …</source>
        <translation>&amp;Spalten …</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>F&amp;ind anything</source>
        <translation>Etwas &amp;finden</translation>
    </message>
    <message>
        <source>Fi&amp;lter this page</source>
        <translation>Diese Seite fi&amp;ltern</translation>
    </message>
    <message>
        <source>What a &amp;token has …</source>
        <translation>Was ein &amp;Token hat …</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Kith</source>
        <translation>Ü&amp;ber Kith</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>The groups beside the table, to drag people onto (F9)</source>
        <translation>Die Gruppen neben der Tabelle, um Personen darauf zu ziehen (F9)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;What’s new</source>
        <translation>&amp;Was ist neu</translation>
    </message>
    <message>
        <source>C&amp;hange several …</source>
        <translation>&amp;Mehrere ändern …</translation>
    </message>
    <message>
        <source>Filter b&amp;y …</source>
        <translation>Filtern nac&amp;h …</translation>
    </message>
    <message>
        <source>Cop&amp;y to another core …</source>
        <translation>In anderen Kern &amp;kopieren …</translation>
    </message>
</context>
<context>
    <name>kith::views::WindowCommands</name>
    <message>
        <source>Remo&amp;ve from %1</source>
        <translation>Aus %1 ent&amp;fernen</translation>
    </message>
    <message>
        <source>Remo&amp;ve from group</source>
        <translation>Aus Gruppe ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>Copied %1; paste adds to the chosen group</source>
        <translation>%1 kopiert; Einfügen nimmt sie in die gewählte Gruppe auf</translation>
    </message>
    <message>
        <source>Cut %1; paste moves to the chosen group</source>
        <translation>%1 ausgeschnitten; Einfügen verschiebt sie in die gewählte Gruppe</translation>
    </message>
    <message>
        <source>What was copied doesn’t exist here.</source>
        <translation>Was kopiert wurde, gibt es hier nicht.</translation>
    </message>
    <message>
        <source>The id is on the clipboard</source>
        <translation>Die ID ist in der Zwischenablage</translation>
    </message>
    <message numerus="yes">
        <source>%Ln ids are on the clipboard</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln ID ist in der Zwischenablage</numerusform>
            <numerusform>%Ln IDs sind in der Zwischenablage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::WorkBar</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>Abbrechen: %1</translation>
    </message>
</context>
</TS>
