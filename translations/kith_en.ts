<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Ago</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::Edit</name>
    <message numerus="yes">
        <source>%n people</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n groups</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects</source>
        <comment>people and groups, never one</comment>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ImportPreview</name>
    <message numerus="yes">
        <source>and %n more problem(s)</source>
        <translation>
            <numerusform>and %n more problem</numerusform>
            <numerusform>and %n more problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entity(s) created</source>
        <translation>
            <numerusform>%n entity created</numerusform>
            <numerusform>%n entities created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) created</source>
        <translation>
            <numerusform>%n group created</numerusform>
            <numerusform>%n groups created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) created</source>
        <translation>
            <numerusform>%n object created</numerusform>
            <numerusform>%n objects created</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This document can&apos;t be imported: it has %n error(s). Nothing was changed.</source>
        <translation>
            <numerusform>This document can&apos;t be imported: it has %n error. Nothing was changed.</numerusform>
            <numerusform>This document can&apos;t be imported: it has %n errors. Nothing was changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::Inspector</name>
    <message numerus="yes">
        <source>%n entity(s) selected</source>
        <translation>
            <numerusform>%n entity selected</numerusform>
            <numerusform>%n entities selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s) selected</source>
        <translation>
            <numerusform>%n group selected</numerusform>
            <numerusform>%n groups selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s) selected</source>
        <translation>
            <numerusform>%n object selected</numerusform>
            <numerusform>%n objects selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::NeighbourCards</name>
    <message numerus="yes">
        <source>Member of %n group(s)</source>
        <translation>
            <numerusform>Member of %n group</numerusform>
            <numerusform>Member of %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Through these also in %n group(s)</source>
        <translation>
            <numerusform>Through these also in %n group</numerusform>
            <numerusform>Through these also in %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Inside %n group(s)</source>
        <translation>
            <numerusform>Inside %n group</numerusform>
            <numerusform>Inside %n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n subgroup(s)</source>
        <translation>
            <numerusform>%n subgroup</numerusform>
            <numerusform>%n subgroups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more, in the table of members</source>
        <translation>
            <numerusform>and %n more, in the table of members</numerusform>
            <numerusform>and %n more, in the table of members</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::ObjectHeader</name>
    <message numerus="yes">
        <source>%n alias(es)</source>
        <translation>
            <numerusform>%n alias</numerusform>
            <numerusform>%n aliases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>reaches %n person(s)</source>
        <translation>
            <numerusform>reaches %n person</numerusform>
            <numerusform>reaches %n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::OwnPolicies</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PolicyCards</name>
    <message numerus="yes">
        <source>%n source(s)</source>
        <translation>
            <numerusform>%n source</numerusform>
            <numerusform>%n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n way(s)</source>
        <translation>
            <numerusform>%n way</numerusform>
            <numerusform>%n ways</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::PreviewText</name>
    <message numerus="yes">
        <source>%n policies</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%n policy</numerusform>
            <numerusform>%n policies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are there already</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%n is there already</numerusform>
            <numerusform>%n are there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>− and access to %n more paths</source>
        <comment>may be one</comment>
        <translation>
            <numerusform>− and access to %n more path</numerusform>
            <numerusform>− and access to %n more paths</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kith::views::WindowCommands</name>
    <message numerus="yes">
        <source>%n ids are on the clipboard</source>
        <comment>never one</comment>
        <translation>
            <numerusform>%n id is on the clipboard</numerusform>
            <numerusform>%n ids are on the clipboard</numerusform>
        </translation>
    </message>
</context>
</TS>
