package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/flamewatch/profiles/pkg/regression"
)

// writers write a verdict, by the name of the format.
var writers = map[string]func(io.Writer, verdict) error{
	"text": writeText, "json": writeJSON, "junit": writeJUnit, "markdown": writeMarkdown,
}

// sentence says a finding in words.
func sentence(f regression.Finding) string {
	grew := fmt.Sprintf("%.2f%% of the profile, %.2f%% before", 100*f.Comparison, 100*f.Baseline)
	if f.Kind == regression.New {
		grew = fmt.Sprintf("%.2f%% of the profile, not there before", 100*f.Comparison)
	}
	return fmt.Sprintf("%s: %s (95%% sure of %+.2f to %+.2f points, q = %.2g)", f.Function, grew, 100*f.Low, 100*f.High, f.Q)
}

func (s serviceVerdict) doubt() string {
	switch {
	case s.fault != nil:
		return s.fault.Error()
	case s.Insufficient != nil:
		return s.Insufficient.Why
	}
	return ""
}

func (s serviceVerdict) summary() string {
	return fmt.Sprintf("%d functions tested, %.0f samples against %.0f", s.Tested, s.ComparisonSamples, s.BaselineSamples)
}

func writeText(out io.Writer, v verdict) error {
	var text strings.Builder
	for _, notice := range v.notices {
		fmt.Fprintln(&text, notice)
	}
	for _, report := range v.reports {
		grown := report.regressed()
		fmt.Fprintf(&text, "%s: %d regressed; %s\n", report.name, len(grown), report.summary())
		for _, finding := range grown {
			fmt.Fprintf(&text, "  %s\n    %s\n", sentence(finding), strings.Join(finding.Stack, " > "))
		}
		if doubt := report.doubt(); doubt != "" {
			fmt.Fprintf(&text, "  %s\n", doubt)
		}
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func writeJSON(out io.Writer, v verdict) error {
	type service struct {
		Service      string                   `json:"service"`
		Tested       int                      `json:"tested"`
		Baseline     float64                  `json:"baselineSamples"`
		Comparison   float64                  `json:"comparisonSamples"`
		Regressed    []regression.Finding     `json:"regressed"`
		Others       []regression.Finding     `json:"others"`
		Insufficient *regression.Insufficient `json:"insufficient,omitempty"`
		Fault        string                   `json:"fault,omitempty"`
	}
	answer := struct {
		Code     int       `json:"code"`
		Services []service `json:"services"`
		Notices  []string  `json:"notices"`
	}{Code: v.code(), Services: []service{}, Notices: append([]string{}, v.notices...)}
	for _, report := range v.reports {
		it := service{
			Service: report.name, Tested: report.Tested, Baseline: report.BaselineSamples, Comparison: report.ComparisonSamples,
			Regressed: append([]regression.Finding{}, report.regressed()...), Others: []regression.Finding{}, Insufficient: report.Insufficient,
		}
		for _, finding := range report.Findings {
			if finding.Kind != regression.Grew && finding.Kind != regression.New {
				it.Others = append(it.Others, finding)
			}
		}
		if report.fault != nil {
			it.Fault = report.fault.Error()
		}
		answer.Services = append(answer.Services, it)
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(answer)
}

// JUnit's elements, as far as continuous integration reads them.
type (
	testSuites struct {
		XMLName xml.Name    `xml:"testsuites"`
		Suites  []testSuite `xml:"testsuite"`
	}
	testSuite struct {
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Skipped  int        `xml:"skipped,attr"`
		Cases    []testCase `xml:"testcase"`
	}
	testCase struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Failure *message `xml:"failure"`
		Skipped *message `xml:"skipped"`
	}
	message struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

func writeJUnit(out io.Writer, v verdict) error {
	suite := testSuite{Name: "flamewatch check"}
	for _, report := range v.reports {
		grown := report.regressed()
		for _, finding := range grown {
			suite.Cases = append(suite.Cases, testCase{Name: finding.Function, Class: report.name, Failure: &message{
				Message: sentence(finding), Text: strings.Join(finding.Stack, "\n"),
			}})
			suite.Failures++
		}
		if doubt := report.doubt(); doubt != "" && len(grown) == 0 {
			suite.Cases = append(suite.Cases, testCase{Name: "enough data", Class: report.name, Skipped: &message{Message: doubt}})
			suite.Skipped++
		} else if len(grown) == 0 {
			suite.Cases = append(suite.Cases, testCase{Name: "no function regressed", Class: report.name})
		}
	}
	suite.Tests = len(suite.Cases)
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(testSuites{Suites: []testSuite{suite}}); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}

func writeMarkdown(out io.Writer, v verdict) error {
	var text strings.Builder
	heading := map[int]string{clean: "No function regressed", found: "Functions regressed", couldNotSay: "Could not tell"}[v.code()]
	fmt.Fprintf(&text, "### %s\n\n", heading)
	for _, report := range v.reports {
		fmt.Fprintf(&text, "**%s**: %s\n\n", escaped(report.name), report.summary())
		if doubt := report.doubt(); doubt != "" {
			fmt.Fprintf(&text, "%s\n\n", escaped(doubt))
		}
		if grown := report.regressed(); len(grown) > 0 {
			text.WriteString("| function | before | now | change, 95% | q |\n| --- | --- | --- | --- | --- |\n")
			for _, f := range grown {
				fmt.Fprintf(&text, "| %s | %.2f%% | %.2f%% | %+.2f to %+.2f points | %.2g |\n",
					escaped(f.Function), 100*f.Baseline, 100*f.Comparison, 100*f.Low, 100*f.High, f.Q)
			}
			text.WriteString("\n")
		}
	}
	for _, notice := range v.notices {
		fmt.Fprintf(&text, "%s\n\n", escaped(notice))
	}
	_, err := io.WriteString(out, text.String())
	return err
}

// escaped is text that Markdown shows as it is: names of functions hold angle brackets, stars and pipes.
func escaped(text string) string {
	return markdown.Replace(text)
}

var markdown = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", ">", "&gt;", "&", "&amp;", "*", "\\*", "_", "\\_",
	"`", "\\`", "[", "\\[", "]", "\\]", "\n", " ", "\r", " ")
