// SPDX-License-Identifier: Apache-2.0

// The service controller of k8s.io/cloud-provider, as it is, with the simulated cloud of the benchmark behind it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/cloud-provider/controllers/service"
	"k8s.io/component-base/featuregate"
	controllersmetrics "k8s.io/component-base/metrics/prometheus/controllers"
	"k8s.io/klog/v2"
)

// The defaults are those of a cloud-controller-manager.
type options struct {
	kubeconfig string
	cloud      string
	listen     string
	workers    int
	qps        float64
	burst      int
}

func main() {
	var o options
	klog.InitFlags(nil)
	flag.StringVar(&o.kubeconfig, "kubeconfig", "", "how to reach the API server")
	flag.StringVar(&o.cloud, "cloud", "", "URL of the simulated cloud")
	flag.StringVar(&o.listen, "listen", "127.0.0.1:0", "where /healthz and /heap are served")
	flag.IntVar(&o.workers, "concurrent-service-syncs", 1, "how many Services are worked on at the same time")
	flag.Float64Var(&o.qps, "kube-api-qps", 20, "requests a second to the API server")
	flag.IntVar(&o.burst, "kube-api-burst", 30, "requests to the API server at once")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	config, err := clientcmd.BuildConfigFromFlags("", o.kubeconfig)
	if err != nil {
		return err
	}
	config.QPS = float32(o.qps)
	config.Burst = o.burst
	config.ContentType = "application/vnd.kubernetes.protobuf"
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 12*time.Hour)
	controller, err := service.New(
		cloud{balancers{client: cloudClient{url: o.cloud, http: &http.Client{}}}},
		client,
		factory.Core().V1().Services(),
		factory.Core().V1().Nodes(),
		"kubernetes",
		featuregate.NewFeatureGate())
	if err != nil {
		return err
	}
	if err := serve(o.listen); err != nil {
		return err
	}
	factory.Start(ctx.Done())
	controller.Run(ctx, o.workers, controllersmetrics.NewControllerManagerMetrics("reference"))
	return nil
}

func serve(address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("/heap", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, liveHeap()) })
	go func() {
		if err := http.Serve(listener, mux); !errors.Is(err, http.ErrServerClosed) {
			klog.Fatal(err)
		}
	}()
	return nil
}

// Bytes that are reachable. Twice, because what the first collection finds to be finalized only the second one frees.
func liveHeap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
