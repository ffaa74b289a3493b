# cpack in the build folder makes three Debian packages: kith, kithctl, kithd. They take from the libraries what the
# programs link (dpkg-shlibdeps), and what Qt and QtKeychain only load when they run is named here.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR Kith)
set(CPACK_PACKAGE_CONTACT "Kith <kith@kith.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL kith kithctl kithd)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_KITH_PACKAGE_NAME kith)
set(CPACK_DEBIAN_KITH_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_KITH_PACKAGE_DEPENDS libqt6svg6)
set(CPACK_DEBIAN_KITH_PACKAGE_RECOMMENDS "libsecret-1-0, kithctl, qt6-wayland")
set(CPACK_COMPONENT_KITH_DESCRIPTION "browse and administer identities, see the source of every right
Shows who exists in an identity core (a file of your own, OpenBao, Vault or
kithd), what they belong to and what they may therefore do, and changes it by
drag and drop with undo.")

set(CPACK_DEBIAN_KITHCTL_PACKAGE_NAME kithctl)
set(CPACK_DEBIAN_KITHCTL_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_KITHCTL_PACKAGE_RECOMMENDS libsecret-1-0)
set(CPACK_COMPONENT_KITHCTL_DESCRIPTION "identities on the command line
Imports, exports, compares and copies the identities of a core (a file,
OpenBao, Vault or kithd), and explains who has which policy through which
groups.")

set(CPACK_DEBIAN_KITHD_PACKAGE_NAME kithd)
set(CPACK_DEBIAN_KITHD_PACKAGE_SECTION net)
set(CPACK_DEBIAN_KITHD_PACKAGE_SUGGESTS "kith, kithctl")
set(CPACK_DEBIAN_KITHD_PACKAGE_CONTROL_EXTRA "${CMAKE_CURRENT_LIST_DIR}/debian/postinst;${CMAKE_CURRENT_LIST_DIR}/debian/prerm")
set(CPACK_COMPONENT_KITHD_DESCRIPTION "identity core over the HTTP API of Vault
Entities, groups, tokens, policies, logins, identity tokens and an OpenID
Connect provider, for clients made for Vault and OpenBao.")
include(CPack)
