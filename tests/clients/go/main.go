// SPDX-License-Identifier: Apache-2.0

// What a program does with OpenBao's Go client; VAULT_ADDR and VAULT_TOKEN say where and as whom.
package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/openbao/openbao/api/v2"
)

func must[T any](value T, err error) T {
	if err != nil {
		_, _, line, _ := runtime.Caller(1)
		fmt.Fprintf(os.Stderr, "line %d: %v\n", line, err)
		os.Exit(1)
	}
	return value
}

func same(got, want any) {
	if fmt.Sprint(got) != fmt.Sprint(want) {
		_, _, line, _ := runtime.Caller(1)
		fmt.Fprintf(os.Stderr, "line %d: expected %v, got %v\n", line, want, got)
		os.Exit(1)
	}
}

func done(err error) { must(0, err) }

func refused(_ any, err error) {
	if err == nil {
		_, _, line, _ := runtime.Caller(1)
		fmt.Fprintf(os.Stderr, "line %d: not refused\n", line)
		os.Exit(1)
	}
}

func client(token string) *api.Client {
	config := api.DefaultConfig()
	config.Address = os.Getenv("VAULT_ADDR")
	c := must(api.NewClient(config))
	c.SetToken(token)
	return c
}

func main() {
	bytes := make([]byte, 4)
	must(rand.Read(bytes))
	uid := hex.EncodeToString(bytes)
	root := client(os.Getenv("VAULT_TOKEN"))
	logical := root.Logical()

	// The server
	same(must(root.Sys().InitStatus()), true)
	same(must(root.Sys().SealStatus()).Sealed, false)
	same(must(root.Sys().Health()).Initialized, true)
	must(root.Sys().Leader())

	// Mounts
	done(root.Sys().EnableAuthWithOptions("up-"+uid, &api.EnableAuthOptions{Type: "userpass"}))
	done(root.Sys().EnableAuthWithOptions("ar-"+uid, &api.EnableAuthOptions{Type: "approle"}))
	accessor := must(root.Sys().ListAuth())["up-"+uid+"/"].Accessor
	done(root.Sys().TuneMount("auth/up-"+uid, api.MountConfigInput{DefaultLeaseTTL: "1h"}))
	same(must(root.Sys().MountConfig("auth/up-"+uid)).DefaultLeaseTTL, 3600)

	// Policies
	done(root.Sys().PutPolicy("reader-"+uid, `path "identity/entity/id/*" { capabilities = ["read"] }`))
	must(root.Sys().GetPolicy("reader-" + uid))
	must(root.Sys().ListPolicies())

	// Identity
	entity := must(logical.Write("identity/entity", map[string]any{"name": "alice-" + uid})).Data["id"].(string)
	must(logical.Write("identity/entity-alias",
		map[string]any{"name": "alice", "canonical_id": entity, "mount_accessor": accessor}))
	group := must(logical.Write("identity/group", map[string]any{"name": "readers-" + uid,
		"policies": []string{"reader-" + uid}, "member_entity_ids": []string{entity}})).Data["id"].(string)
	same(must(logical.Read("identity/entity/id/" + entity)).Data["name"], "alice-"+uid)
	same(must(logical.List("identity/group/id")).Data["keys"] != nil, true)
	same(must(logical.Write("identity/lookup/entity",
		map[string]any{"alias_name": "alice", "alias_mount_accessor": accessor})).Data["id"], entity)

	// Userpass, and a token that is kept alive
	must(logical.Write("auth/up-"+uid+"/users/alice", map[string]any{"password": "secret", "token_ttl": "3s"}))
	anybody := client("")
	refused(anybody.Logical().Write("auth/up-"+uid+"/login/alice", map[string]any{"password": "wrong"}))
	login := must(anybody.Logical().Write("auth/up-"+uid+"/login/alice", map[string]any{"password": "secret"}))
	same(login.Auth.EntityID, entity)
	alice := client(login.Auth.ClientToken)
	same(must(alice.Logical().Read("identity/entity/id/" + entity)).Data["name"], "alice-"+uid)
	refused(alice.Logical().List("identity/entity/id"))
	watcher := must(alice.NewLifetimeWatcher(&api.LifetimeWatcherInput{Secret: login}))
	go watcher.Start()
	for i := 0; i < 2; i++ {
		select {
		case renewal := <-watcher.RenewCh():
			same(renewal.Secret.Auth.LeaseDuration, 3)
		case err := <-watcher.DoneCh():
			done(fmt.Errorf("the watcher ended: %v", err))
		case <-time.After(20 * time.Second):
			done(fmt.Errorf("the token was not renewed"))
		}
	}
	watcher.Stop()

	// Tokens
	same(must(alice.Auth().Token().LookupSelf()).Data["entity_id"], entity)
	child := must(root.Auth().Token().Create(&api.TokenCreateRequest{Policies: []string{"default"}, TTL: "10m"}))
	same(must(client(child.Auth.ClientToken).Auth().Token().RenewSelf(60)).Auth.LeaseDuration, 60)
	must(root.Auth().Token().LookupAccessor(child.Auth.Accessor))
	done(root.Auth().Token().RevokeAccessor(child.Auth.Accessor))
	refused(client(child.Auth.ClientToken).Auth().Token().LookupSelf())
	same(must(alice.Sys().CapabilitiesSelf("identity/entity/id/"+entity)), []string{"read"})

	// Approle
	must(logical.Write("auth/ar-"+uid+"/role/job", map[string]any{"token_policies": "default"}))
	role := must(logical.Read("auth/ar-" + uid + "/role/job/role-id")).Data["role_id"]
	secret := must(logical.Write("auth/ar-"+uid+"/role/job/secret-id", nil)).Data["secret_id"]
	machine := must(anybody.Logical().Write("auth/ar-"+uid+"/login",
		map[string]any{"role_id": role, "secret_id": secret}))
	same(machine.Auth.Policies, []string{"default"})

	// Wrapping
	wrapping := client(os.Getenv("VAULT_TOKEN"))
	wrapping.SetWrappingLookupFunc(func(string, string) string { return "60s" })
	wrapped := must(wrapping.Logical().Read("identity/entity/id/" + entity))
	same(wrapped.WrapInfo.TTL, 60)
	same(must(logical.Unwrap(wrapped.WrapInfo.Token)).Data["name"], "alice-"+uid)
	refused(logical.Unwrap(wrapped.WrapInfo.Token))

	// Leaving
	done(alice.Auth().Token().RevokeSelf(""))
	must(logical.Delete("identity/group/id/" + group))
	must(logical.Delete("identity/entity/id/" + entity))
	done(root.Sys().DeletePolicy("reader-" + uid))
	done(root.Sys().DisableAuth("up-" + uid))
	done(root.Sys().DisableAuth("ar-" + uid))
	fmt.Println("go api done")
}
