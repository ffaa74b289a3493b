<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Ago</name>
    <message numerus="yes">
        <source>%Ln minute(s) ago</source>
        <translation>
            <numerusform>%Ln minute ago</numerusform>
            <numerusform>%Ln minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hour(s) ago</source>
        <translation>
            <numerusform>%Ln hour ago</numerusform>
            <numerusform>%Ln hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation>
            <numerusform>%Ln day ago</numerusform>
            <numerusform>%Ln days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemoteWindows</name>
    <message numerus="yes">
        <source>%Ln change(s) waited and were not begun.</source>
        <translation>
            <numerusform>%Ln change waited and was not begun.</numerusform>
            <numerusform>%Ln changes waited and were not begun.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::BulkPreview</name>
    <message numerus="yes">
        <source>%L1 of %Ln people</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%L1 of %Ln person</numerusform>
            <numerusform>%L1 of %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have it by a group already</source>
        <translation>
            <numerusform>%Ln of them has it by a group already</numerusform>
            <numerusform>%Ln of them have it by a group already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them have another value, which is replaced: %1</source>
        <translation>
            <numerusform>%Ln of them has another value, which is replaced: %1</numerusform>
            <numerusform>%Ln of them have another value, which is replaced: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ConnectionsDialog</name>
    <message numerus="yes">
        <source>after %Ln minute(s) without key or mouse</source>
        <translation>
            <numerusform>after %Ln minute without key or mouse</numerusform>
            <numerusform>after %Ln minutes without key or mouse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported %n connections.</source>
        <translation>
            <numerusform>Imported %n connection.</numerusform>
            <numerusform>Imported %n connections.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::CsvPane</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::Edit</name>
    <message numerus="yes">
        <source>%Ln people</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln groups</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln objects</source>
        <comment>people and groups, never one</comment>
        <translation>
            <numerusform>%Ln object</numerusform>
            <numerusform>%Ln objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ExistenceEdit</name>
    <message numerus="yes">
        <source>%Ln aliases</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln alias</numerusform>
            <numerusform>%Ln aliases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ImportDialog</name>
    <message numerus="yes">
        <source>This table can&apos;t be imported: it has %Ln error(s). Nothing was changed.</source>
        <translation>
            <numerusform>This table can&apos;t be imported: it has %Ln error. Nothing was changed.</numerusform>
            <numerusform>This table can&apos;t be imported: it has %Ln errors. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ImportPreview</name>
    <message numerus="yes">
        <source>%Ln object(s) could not be written.</source>
        <translation>
            <numerusform>%Ln object could not be written.</numerusform>
            <numerusform>%Ln objects could not be written.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) are written, and stay. The rest can be tried again.</source>
        <translation>
            <numerusform>%Ln object is written, and stays. The rest can be tried again.</numerusform>
            <numerusform>%Ln objects are written, and stay. The rest can be tried again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more problem(s)</source>
        <translation>
            <numerusform>and %Ln more problem</numerusform>
            <numerusform>and %Ln more problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entity(s) created</source>
        <translation>
            <numerusform>%Ln entity created</numerusform>
            <numerusform>%Ln entities created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) created</source>
        <translation>
            <numerusform>%Ln group created</numerusform>
            <numerusform>%Ln groups created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed</source>
        <translation>
            <numerusform>%Ln changed</numerusform>
            <numerusform>%Ln changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) created</source>
        <translation>
            <numerusform>%Ln object created</numerusform>
            <numerusform>%Ln objects created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This document can&apos;t be imported: it has %Ln error(s). Nothing was changed.</source>
        <translation>
            <numerusform>This document can&apos;t be imported: it has %Ln error. Nothing was changed.</numerusform>
            <numerusform>This document can&apos;t be imported: it has %Ln errors. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::Inspector</name>
    <message numerus="yes">
        <source>%Ln group(s) selected</source>
        <translation>
            <numerusform>%Ln group selected</numerusform>
            <numerusform>%Ln groups selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) selected</source>
        <translation>
            <numerusform>%Ln object selected</numerusform>
            <numerusform>%Ln objects selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::MainWindow</name>
    <message numerus="yes">
        <source>%Ln row(s) exported to %1</source>
        <translation>
            <numerusform>%Ln row exported to %1</numerusform>
            <numerusform>%Ln rows exported to %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::MergeDialog</name>
    <message numerus="yes">
        <source>%Ln alias(es)</source>
        <translation>
            <numerusform>%Ln alias</numerusform>
            <numerusform>%Ln aliases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln direct group(s)</source>
        <translation>
            <numerusform>%Ln direct group</numerusform>
            <numerusform>%Ln direct groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln policies of its own</source>
        <translation>
            <numerusform>%Ln policy of its own</numerusform>
            <numerusform>%Ln policies of its own</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::MountMapping</name>
    <message numerus="yes">
        <source>%1, %Ln alias(es)</source>
        <comment>of a mount</comment>
        <translation>
            <numerusform>%1, %Ln alias</numerusform>
            <numerusform>%1, %Ln aliases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::MountsPage</name>
    <message numerus="yes">
        <source>%Ln alias(es) of people stay behind without a mount. They don’t come back to a method that is enabled here again.</source>
        <translation>
            <numerusform>%Ln alias of somebody stays behind without a mount. It doesn’t come back to a method that is enabled here again.</numerusform>
            <numerusform>%Ln aliases of people stay behind without a mount. They don’t come back to a method that is enabled here again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln external group(s) have their members from there.</source>
        <translation>
            <numerusform>%Ln external group has its members from there.</numerusform>
            <numerusform>%Ln external groups have their members from there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::NeighbourCards</name>
    <message numerus="yes">
        <source>Member of %Ln group(s)</source>
        <translation>
            <numerusform>Member of %Ln group</numerusform>
            <numerusform>Member of %Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Through these also in %Ln group(s)</source>
        <translation>
            <numerusform>Through these also in %Ln group</numerusform>
            <numerusform>Through these also in %Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Inside %Ln group(s)</source>
        <translation>
            <numerusform>Inside %Ln group</numerusform>
            <numerusform>Inside %Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln subgroup(s)</source>
        <translation>
            <numerusform>%Ln subgroup</numerusform>
            <numerusform>%Ln subgroups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more, in the table of members</source>
        <translation>
            <numerusform>and %Ln more, in the table of members</numerusform>
            <numerusform>and %Ln more, in the table of members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ObjectHeader</name>
    <message numerus="yes">
        <source>%Ln alias(es)</source>
        <translation>
            <numerusform>%Ln alias</numerusform>
            <numerusform>%Ln aliases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>reaches %Ln person(s)</source>
        <translation>
            <numerusform>reaches %Ln person</numerusform>
            <numerusform>reaches %Ln people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::OwnPolicies</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PartlyDone</name>
    <message numerus="yes">
        <source>%Ln object(s) could not be changed</source>
        <translation>
            <numerusform>%Ln object could not be changed</numerusform>
            <numerusform>%Ln objects could not be changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln object(s) it isn’t certain</source>
        <translation>
            <numerusform>Of %Ln object it isn’t certain</numerusform>
            <numerusform>Of %Ln objects it isn’t certain</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PassphraseDialog</name>
    <message numerus="yes">
        <source>At least %n characters are needed; several words are better than a word with digits.</source>
        <translation>
            <numerusform>At least %n character is needed; several words are better than a word with digits.</numerusform>
            <numerusform>At least %n characters are needed; several words are better than a word with digits.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyCards</name>
    <message numerus="yes">
        <source>%Ln source(s)</source>
        <translation>
            <numerusform>%Ln source</numerusform>
            <numerusform>%Ln sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln way(s)</source>
        <translation>
            <numerusform>%Ln way</numerusform>
            <numerusform>%Ln ways</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyHolders</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entity(s) have it</source>
        <translation>
            <numerusform>%Ln entity has it</numerusform>
            <numerusform>%Ln entities have it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln group(s) give it</source>
        <translation>
            <numerusform>%Ln group gives it</numerusform>
            <numerusform>%Ln groups give it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyOverview</name>
    <message numerus="yes">
        <source>%Ln policies are carried by people or groups, but nobody has written them: they grant nothing.</source>
        <translation>
            <numerusform>%Ln policy is carried by people or groups, but nobody has written it: it grants nothing.</numerusform>
            <numerusform>%Ln policies are carried by people or groups, but nobody has written them: they grant nothing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln policies are carried by nobody.</source>
        <translation>
            <numerusform>%Ln policy is carried by nobody.</numerusform>
            <numerusform>%Ln policies are carried by nobody.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PreviewText</name>
    <message numerus="yes">
        <source>%Ln policies</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln policy</numerusform>
            <numerusform>%Ln policies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are there already</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln is there already</numerusform>
            <numerusform>%Ln are there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>− and access to %Ln more paths</source>
        <comment>may be one</comment>
        <translation>
            <numerusform>− and access to %Ln more path</numerusform>
            <numerusform>− and access to %Ln more paths</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>− and access to at least %Ln more paths</source>
        <comment>may be one</comment>
        <translation>
            <numerusform>− and access to at least %Ln more path</numerusform>
            <numerusform>− and access to at least %Ln more paths</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::RemoteGuide</name>
    <message numerus="yes">
        <source>Somebody else changed %Ln object(s) at the same moment as you: look whether all is as it should be.</source>
        <translation>
            <numerusform>Somebody else changed %Ln object at the same moment as you: look whether all is as it should be.</numerusform>
            <numerusform>Somebody else changed %Ln objects at the same moment as you: look whether all is as it should be.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::SeveralPane</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%L1 of %Ln are disabled</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%L1 of %Ln is disabled</numerusform>
            <numerusform>%L1 of %Ln are disabled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln entity(s) selected</source>
        <translation>
            <numerusform>%Ln entity selected</numerusform>
            <numerusform>%Ln entities selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::TokenDialog</name>
    <message numerus="yes">
        <source>%Ln day(s)</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %Ln policy(s) by its entity are just those that are computed here.</source>
        <translation>
            <numerusform>Its one policy by its entity is just the one that is computed here.</numerusform>
            <numerusform>Its %Ln policies by its entity are just those that are computed here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln policy(s) by its entity differ from what is computed here: read anew (F5), and look again.</source>
        <translation>
            <numerusform>%Ln policy by its entity differs from what is computed here: read anew (F5), and look again.</numerusform>
            <numerusform>%Ln policies by its entity differ from what is computed here: read anew (F5), and look again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::WindowCommands</name>
    <message numerus="yes">
        <source>%Ln ids are on the clipboard</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%Ln id is on the clipboard</numerusform>
            <numerusform>%Ln ids are on the clipboard</numerusform>
        </translation>
    </message>
</context>
</TS>
