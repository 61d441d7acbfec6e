// One program that is istiod, or istioctl when its first argument says so: both are made of the same packages, so a second program would be
// the same hundred megabytes once more.
package main

import (
	"fmt"
	"os"

	"istio.io/istio/istioctl/cmd"
	"istio.io/istio/pilot/cmd/pilot-discovery/app"
)

func main() {
	root := app.NewRootCommand()
	if len(os.Args) > 1 && os.Args[1] == "istioctl" {
		os.Args = append(os.Args[:1], os.Args[2:]...)
		root = cmd.GetRootCmd(os.Args[1:])
	}
	if err := root.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
