package datasource

import (
	"context"
	"fmt"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// sideLabel tells the lines of the two sides of a comparison apart.
const sideLabel = "side"

// comparedSeries draws the series of both sides over each other: the baseline's
// times are moved to those of the comparison.
func (d *Datasource) comparedSeries(ctx context.Context, plan Plan) (data.Frames, error) {
	sides := []string{"comparison", "baseline"}
	made := make([]data.Frames, len(sides))
	err := sideBySide(ctx, len(sides), func(ctx context.Context, i int) (err error) {
		one := plan
		one.Operands = plan.Operands[i : i+1]
		if i > 0 {
			one.Marks = Marks{} // of the time that is looked at only
		}
		made[i], err = d.series(ctx, one)
		return err
	})
	if err != nil {
		return nil, err
	}
	shift := time.Duration(plan.Operands[0].Range.Start-plan.Operands[1].Range.Start) * time.Millisecond
	for i, side := range sides {
		for _, frame := range made[i] {
			if frame.Meta != nil && frame.Meta.DataTopic == data.DataTopicAnnotations {
				continue
			}
			labelSide(frame, side)
			if side == "baseline" {
				moveTimes(frame, shift)
			}
		}
	}
	if shift != 0 && len(made[1]) > 0 {
		withNotices(made[1][0], []string{fmt.Sprintf("The baseline's times are moved by %s, so that the sides lie over each other.", shift)})
	}
	return append(made[0], made[1]...), nil
}

func labelSide(frame *data.Frame, side string) {
	for _, field := range frame.Fields {
		if field.Type().Time() {
			continue
		}
		if field.Labels == nil {
			field.Labels = data.Labels{}
		}
		field.Labels[sideLabel] = side
		switch {
		case field.Len() == 0:
			field.SetConfig(&data.FieldConfig{DisplayNameFromDS: side + ": no profiles"})
		case field.Config != nil && field.Config.DisplayNameFromDS != "":
			field.Config.DisplayNameFromDS = side + ": " + field.Config.DisplayNameFromDS
		}
	}
}

func moveTimes(frame *data.Frame, by time.Duration) {
	for _, field := range frame.Fields {
		for i := 0; field.Type() == data.FieldTypeTime && i < field.Len(); i++ {
			field.Set(i, field.At(i).(time.Time).Add(by))
		}
	}
}
