// The parts of Argo CD that sync: one program, its role given by ARGOCD_BINARY_NAME as in Argo CD's own image.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	appcontroller "github.com/argoproj/argo-cd/v3/cmd/argocd-application-controller/commands"
	applicationset "github.com/argoproj/argo-cd/v3/cmd/argocd-applicationset-controller/commands"
	gitaskpass "github.com/argoproj/argo-cd/v3/cmd/argocd-git-ask-pass/commands"
	reposerver "github.com/argoproj/argo-cd/v3/cmd/argocd-repo-server/commands"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/util/log"
	"github.com/spf13/cobra"
	"k8s.io/klog/v2"
)

var roles = map[string]func() *cobra.Command{
	common.CommandApplicationController:    appcontroller.NewCommand,
	common.CommandApplicationSetController: applicationset.NewCommand,
	common.CommandGitAskPass:               gitaskpass.NewCommand,
	common.CommandRepoServer:               reposerver.NewCommand,
}

func main() {
	klog.SetLogger(log.NewLogrusLogger(log.NewWithCurrentConfig()))
	role := os.Getenv("ARGOCD_BINARY_NAME")
	if role == "" {
		role = filepath.Base(os.Args[0])
	}
	newCommand, known := roles[role]
	if !known {
		names := make([]string, 0, len(roles))
		for name := range roles {
			names = append(names, name)
		}
		sort.Strings(names)
		fmt.Fprintf(os.Stderr, "no role %q: set ARGOCD_BINARY_NAME to one of %s\n", role, strings.Join(names, ", "))
		os.Exit(2)
	}
	if err := newCommand().Execute(); err != nil {
		os.Exit(1)
	}
}
