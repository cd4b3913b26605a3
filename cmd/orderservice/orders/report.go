package orders

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"slices"
	"strconv"
)

// reportedOrders is how many of the newest orders a report covers.
const reportedOrders = 500

// revenue is one line of a report.
type revenue struct {
	sku    string
	pieces int
	cents  int64
}

// Report writes the best-selling products of the newest orders as compressed CSV.
func (s *Service) Report() ([]byte, error) {
	return writeReport(aggregateRevenue(s.repository.Recent(reportedOrders)))
}

func aggregateRevenue(orders []*Order) []revenue {
	bySKU := map[string]revenue{}
	for _, order := range orders {
		for _, line := range order.Lines {
			sum := bySKU[line.SKU]
			bySKU[line.SKU] = revenue{line.SKU, sum.pieces + line.Quantity, sum.cents + line.Cents}
		}
	}
	lines := make([]revenue, 0, len(bySKU))
	for _, sum := range bySKU {
		lines = append(lines, sum)
	}
	slices.SortFunc(lines, func(a, b revenue) int { return int(b.cents - a.cents) })
	return lines
}

func writeReport(lines []revenue) ([]byte, error) {
	var out bytes.Buffer
	compressed := gzip.NewWriter(&out)
	table := csv.NewWriter(compressed)
	for _, line := range lines {
		row := []string{line.sku, strconv.Itoa(line.pieces), strconv.FormatInt(line.cents, 10)}
		if err := table.Write(row); err != nil {
			return nil, err
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return nil, err
	}
	if err := compressed.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
