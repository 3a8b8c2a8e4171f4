package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestNoNetwork holds that reading an article calls nobody, whatever addresses
// it names: images, styles, entities, frames, schemas.
func TestNoNetwork(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Skip(err)
	}
	defer listener.Close()
	var calls atomic.Int32
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			calls.Add(1)
			c.Close()
		}
	}()
	at := "http://" + listener.Addr().String()
	// The listener does count.
	c, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c.Read(make([]byte, 1))
	c.Close()
	if calls.Swap(0) != 1 {
		t.Fatal("a call was not counted")
	}
	page := strings.ReplaceAll(`<html><head><base href="AT/"><link rel="stylesheet" href="AT/a.css"><link rel="canonical" href="AT/1">
		<meta http-equiv="refresh" content="0;url=AT/next"><script src="AT/a.js"></script>
		<script type="application/ld+json">{"@context":"AT/schema","@type":"NewsArticle","datePublished":"2014-02-05","url":"AT/1"}</script></head>
		<body><article><img src="AT/a.png" srcset="AT/b.png 2x"><iframe src="AT/frame"></iframe><p>Iran condemned Spain. <a href="AT/more">More</a></p></article></body></html>`, "AT", at)
	feed := strings.ReplaceAll(`<?xml version="1.0"?><?xml-stylesheet href="AT/a.xsl"?><!DOCTYPE rss SYSTEM "AT/rss.dtd" [<!ENTITY x SYSTEM "AT/entity">]>
		<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><link>AT/</link><item><guid>AT/2</guid><link>AT/2</link><xi:include href="AT/include"/>
		<enclosure url="AT/a.mp3"/><description>&lt;img src="AT/c.png"> Iran condemned &x; Spain.</description></item></channel></rss>`, "AT", at)
	dir := t.TempDir()
	for name, content := range map[string]string{"page.html": page, "feed.xml": feed,
		"a.jsonl": fmt.Sprintf(`{"id":"3","url":"%s/3","text":"%s Iran condemned Spain."}`, at, at),
		"b.md":    fmt.Sprintf("---\nurl: %s/4\n---\n![x](%s/d.png) Iran condemned Spain.\n", at, at)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if code := pipeline([]string{"pipeline", "run", dir, "--out", filepath.Join(dir, "out"), "--quiet"}); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if n := calls.Load(); n > 0 {
		t.Errorf("%d calls", n)
	}
}
